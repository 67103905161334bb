"""`python -m lib proofread`: files and standard input, with a release and without, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.cli.command import cli
from tests.proofread.papers import accepted, paragraph, rejected, word

CLEAN = "上半年工作平稳推进，各项任务按计划完成。"
WRONG = "根据《意见》（国发〔20225号）要求，各项任务按计划完成。"


def run(*words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["proofread", *words], input=given)


def test_a_clean_draft_ends_with_zero() -> None:
    result = run("-", "--no-release", given=CLEAN.encode())
    assert (result.exit_code, result.stdout) == (
        0,
        "标准输入：没有发现问题（没有对照版本，只查算术和文字）\n",
    )


def test_what_is_found_is_a_block_each_and_ends_with_one() -> None:
    result = run("-", given=WRONG.encode("gbk"))
    assert (result.exit_code, result.stdout.splitlines()) == (1, [
        "标准输入：1处：确定1、很可能0、可能0（对照 2022H1 版本 R0001）",
        "编码按GB18030读；如有乱码，请另存为 UTF-8。",
        "",
        "1. 第1段 ■ 确定 缺字：〔20225号",
        "   发文字号“〔20225号”年份后缺“〕”，年份和序号连在了一起，应为“〔2022〕5号”",
        "   应为：〔2022〕5号",
    ])  # fmt: skip


def test_the_answer_as_json_has_places_and_the_mend() -> None:
    result = run("-", "--json", "--period", "2022H1", "--release", "R0001", given=WRONG.encode())
    answer = json.loads(result.stdout)
    (found,) = answer.pop("findings")
    assert answer == {"file": "标准输入", "release": "R0001", "period": "2022H1", "remarks": []}
    assert found.pop("message")
    assert found == {
        "check": "document_numbers", "kind": "缺字", "place": {"paragraph": 1, "start": 9, "end": 16},
        "quoted": "〔20225号", "expected": "〔2022〕5号", "confidence": "确定", "mend": "〔2022〕5号",
        "also": [], "facts": [],
    }  # fmt: skip


def test_a_word_file_comes_back_with_its_changes_tracked(tmp_path: Path) -> None:
    path, out = tmp_path / "稿.docx", tmp_path / "改.docx"
    path.write_bytes(word(paragraph(WRONG)))
    result = run(str(path), "--no-release", "-o", str(out))
    assert result.exit_code == 1
    assert result.stdout.startswith("稿.docx：1处：")
    assert accepted(out.read_bytes()) == [WRONG.replace("〔20225号", "〔2022〕5号")]
    assert rejected(out.read_bytes()) == [WRONG]


@pytest.mark.parametrize(
    ("words", "given", "sentence"),
    [
        (["没有.docx"], b"", "没有文件没有.docx"),
        (["-"], b"%PDF-1.7", "标准输入：这是 PDF，版式里读不准段落。请传生成它的 .docx"),
        (["-"], b"", "没有读到正文"),
        (["-", "--release", "R9999"], b"a", "没有版本“R9999”"),
        (["-", "--period", "2030H1"], b"a", "没有期次“2030H1”"),
        (["-", "--no-release", "--period", "2022H1"], b"a", "不能与 --release、--period 同用"),
        (["-", "-o", "改.doc"], b"a", "“改.doc”的后缀不支持"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_two(
    words: list[str], given: bytes, sentence: str
) -> None:
    result = run(*words, given=given)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""
