"""The audit log by command: listed, filtered, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.audit.folder import month_files
from lib.audit.recording import audit_log, record
from lib.audit.words import Noted
from tests.cli.command import run
from tests.kept import first_release


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A data folder of this test's own, with two lines of the first release and one more."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    record(Noted.EXPORT, who="值班岗", what="数据册", release="R0001")


def test_lines_are_listed_newest_first_and_filtered() -> None:
    lines = run("audit", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["3", "2", "1"]
    assert lines[0].split("\t")[2:] == ["值班岗", "", "导出", "数据册", "R0001", "成功", ""]
    assert len(run("audit", "list", "--action", "发布").stdout.splitlines()) == 2
    assert len(run("audit", "list", "--most", "1").stdout.splitlines()) == 1
    assert run("audit", "list", "--day", "2022-08-09").stdout == ""
    (found,) = json.loads(run("audit", "list", "--action", "导出", "--json").stdout)
    assert (found["seq"], found["event"]["what"]) == (3, "数据册")
    assert len(run("audit", "list", "--day", found["at"][:10]).stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("option", "word", "sentence"),
    [("--day", "昨天", "“昨天”不是日期"), ("--action", "发部", "没有“发部”这种操作，可选：登录、")],
)
def test_a_wrong_word_is_refused_in_a_sentence(option: str, word: str, sentence: str) -> None:
    result = run("audit", "list", option, word)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_whole_log_is_said_to_be_whole() -> None:
    result = run("audit", "verify")
    assert result.exit_code == 0
    assert result.stdout.startswith("操作日志完好：逐条核对了3条，")
    found = json.loads(run("audit", "verify", "--json").stdout)
    assert (found["lines"], found["damage"], found["remarks"]) == (3, None, [])


def test_a_changed_log_ends_with_1_and_names_the_line() -> None:
    (path,) = month_files(audit_log().folder)
    path.write_bytes(path.read_bytes().replace("数据册".encode(), "会议册".encode()))
    result = run("audit", "verify")
    assert (result.exit_code, f"{path.name} 第3行" in result.stdout) == (1, True)
    found = json.loads(run("audit", "verify", "--json").stdout)
    assert (found["damage"]["kind"], found["damage"]["line"]) == ("改动", 3)


def test_an_unfinished_line_is_told_of_and_is_no_damage() -> None:
    (path,) = month_files(audit_log().folder)
    with path.open("ab") as file:
        file.write(b'{"seq":4')
    result = run("audit", "verify")
    assert result.exit_code == 0
    assert "说明：" in result.stdout
    assert "第4行没有写完" in result.stdout


def test_commands_that_change_or_take_away_are_noted(tmp_path: Path) -> None:
    file = tmp_path / "预警.csv"
    text = "期次,部门,预警件数,单位,时点,截止日期,出处\n2022H1,市教育局,33,件,上半年,2022-06-30,三（三）\n"
    file.write_text(text, encoding="utf-8")
    assert run("publish", str(file), "--period", "2022H1", "--by", "数据科").exit_code == 0
    assert run("rollback", "R0001", "--by", "负责岗", "--note", "试").exit_code == 0
    assert run("report", "workbook", "-o", str(tmp_path / "数据册.xlsx")).exit_code == 0
    lines = [line.split("\t") for line in run("audit", "list").stdout.splitlines()]
    assert [[line[2], line[4], line[6], line[7]] for line in lines[:6]] == [
        ["本机", "导出", "R0003", "成功"],
        ["负责岗", "回退", "R0003", "成功"],
        ["负责岗", "回退", "", "开始"],
        ["数据科", "发布", "R0002", "成功"],
        ["数据科", "发布", "", "开始"],
        ["数据科", "报送", "", "成功"],
    ]
