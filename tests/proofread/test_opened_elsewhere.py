"""The tracked copy in another program: LibreOffice opens it, prints it, and saves its changes again."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pypdf import PdfReader

from lib.documents.drafts.received import DraftFile, read_draft
from lib.documents.drafts.tracked import tracked_docx
from tests.proofread.papers import accepted, control, finding, paragraph, rejected, run, word

TEXT = "已有142个便利站,培育775名专员"


def test_another_program_prints_the_copy_and_keeps_its_changes(tmp_path: Path) -> None:
    content = word(
        paragraph("已有", control("a", run("142")), run("个便利站,", "<w:b/>"), "培育775名专员"),
        f"<w:tbl><w:tr><w:tc>{paragraph('表内')}</w:tc></w:tr></w:tbl>",
        paragraph("末段。"),
    )
    read = read_draft(content, "稿.docx")
    assert isinstance(read, DraftFile)
    found = [
        finding(1, TEXT, "142", "143"), finding(1, TEXT, ",", "，"), finding(1, TEXT, "员", "员。"),
        finding(1, TEXT, "775名", message="与上期不同"),
    ]  # fmt: skip
    (tmp_path / "copy.docx").write_bytes(tracked_docx(content, read.draft, found))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for kind, folder in (("pdf", "."), ("docx", "again")):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, "copy.docx"],
            cwd=tmp_path, check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    (page,) = PdfReader(tmp_path / "copy.pdf").pages
    printed = "".join(page.extract_text().split())
    assert all(words in printed for words in ("143", "775名", "表内", "末段。"))
    again = (tmp_path / "again" / "copy.docx").read_bytes()
    assert "已有143个便利站，培育775名专员。" in accepted(again)
    assert TEXT in rejected(again)
