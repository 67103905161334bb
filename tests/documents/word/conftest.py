"""Files of real and made-up figures, and what LibreOffice makes of them: each made once for the run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader

from lib.bulletin.compose import bulletin
from lib.documents.brief.pdf import brief_pdf
from lib.documents.brief.word import brief_docx
from lib.documents.bulletin import bulletin_docx
from lib.selection import Selection
from tests.documents.word.selections import REAL, SELECTIONS
from tests.kept import three_periods

FONTS = Path(__file__).with_name("fonts.conf")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """File name > content, of the made-up second half of 2022 after two earlier periods."""
    with three_periods(tmp_path_factory.mktemp("made-up")):
        here = Selection("R0003", "2022H2")
        there = Selection("R0003", "2022H2", ("xinbei", "jingkai"), ("education", "health"))
        return {
            "made-up.docx": bulletin_docx(bulletin(here), red_head=True),
            "brief-made-up.docx": brief_docx(here),
            "brief-made-up.pdf": brief_pdf(here),
            "brief-made-up-filtered.docx": brief_docx(there),
            "brief-made-up-filtered.pdf": brief_pdf(there),
        }


@pytest.fixture(scope="session")
def rendered(
    data_folder: Path, made_up: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, PdfReader]:
    """Name > pages, as LibreOffice prints the Word files. Without LibreOffice this fails."""
    folder = tmp_path_factory.mktemp("rendered")
    files = {
        "bulletin.docx": bulletin_docx(bulletin(REAL)),
        **{f"brief-{name}.docx": brief_docx(at) for name, at in SELECTIONS.items()},
        **{name: content for name, content in made_up.items() if name.endswith(".docx")},
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", ".", *files]
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, timeout=200,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS), "HOME": str(folder)},
    )  # fmt: skip
    names = [name.removesuffix(".docx") for name in files]
    return {name: PdfReader(folder / f"{name}.pdf") for name in names}
