"""`python -m lib report`: every document, for filters, in the format the file's ending asks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lib.documents.register import EXPORT_BY_ID
from lib.selection import Selection
from tests.cli.command import cli


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["report", *words])


@pytest.mark.parametrize(
    ("words", "file", "export"),
    [
        (("bulletin",), "a.docx", "bulletin"),
        (("bulletin", "--red-head"), "a.docx", "bulletin-red"),
        (("brief",), "a.docx", "brief"),
        (("brief",), "a.PDF", "brief-pdf"),
        (("slides",), "a.pptx", "slides"),
        (("workbook",), "a.xlsx", "workbook"),
        (("html",), "a.html", "html"),
    ],
)
def test_a_document_is_the_one_pages_offer(
    words: tuple[str, ...], file: str, export: str, tmp_path: Path
) -> None:
    path = tmp_path / file
    result = run(
        *words, "--period", "2022H1", "--district", "新北", "--district", "溧阳", "-o", str(path)
    )
    made = EXPORT_BY_ID[export].make(Selection("R0001", "2022H1", ("liyang", "xinbei")))
    assert (result.exit_code, path.read_bytes() == made) == (0, True), result.output
    assert "溧阳市、新北区" in result.stdout


def test_without_a_name_the_file_is_called_as_pages_call_it(tmp_path: Path) -> None:
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert run("brief").exit_code == 0
    finally:
        os.chdir(here)
    assert [path.name for path in tmp_path.iterdir()] == ["简报-2022H1-R0001.docx"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("slides", "-o", "a.docx"), "会议材料存为 .pptx，“a.docx”的后缀不支持"),
        (("brief", "-o", "a.txt"), "简报存为 .docx或.pdf，“a.txt”的后缀不支持"),
        (("slides", "--red-head"), "--red-head 只用于通报（bulletin）"),
        (("bulletin", "--district", "火星区"), "名称见“指标口径”页"),
        (("bulletin", "--period", "2031"), "没有期次“2031”"),
        (("letter",), "没有“letter”这种文件，可写 brief、bulletin、slides、workbook、html"),
        (("html", "-o", "/nowhere/at/all.html"), "请换一个位置"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    words: tuple[str, ...], sentence: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.output
