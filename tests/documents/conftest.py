"""LibreOffice, asked once for each file, in a profile of this run's own; and a lake of made-up figures."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.store.release import Release
from tests.kept import first_lake, publish
from tests.synthetic import synthetic_files


class Office:
    """LibreOffice without a window. A missing one is a failure, not a skip."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = shutil.which("soffice") or "/usr/bin/soffice"

    def converted(self, content: bytes, suffix: str, to: str) -> Path:
        """The file as LibreOffice reads it, calculates it anew and saves it; asked once a content."""
        folder = self._folder / f"{hashlib.sha256(content).hexdigest()[:16]}-{to}"
        made = folder / f"made.{to}"
        if not made.exists():
            (folder / "given").mkdir(parents=True)
            given = folder / "given" / f"made.{suffix}"
            given.write_bytes(content)
            self._run(given, to, folder)
        return made

    def _run(self, given: Path, to: str, folder: Path) -> None:
        profile = (self._folder / "profile").as_uri()
        subprocess.run(
            [
                self._program, f"-env:UserInstallation={profile}", "--headless",
                "--convert-to", to, "--outdir", str(folder), str(given),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One LibreOffice profile for the whole run."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """A lake of its own: after the shipped figures a made-up 2022H2, and of 2021H2 the warnings alone."""
    with first_lake(tmp_path_factory.mktemp("made-up")):
        publish(synthetic_files("2022H2"))
        files = synthetic_files("2021H2").items()
        yield publish({name: content for name, content in files if "warnings" in name})
