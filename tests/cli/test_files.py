"""The reporting commands: the same path as the page, from check to rollback."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from tests.cli.command import cli

HEADER = "期次,部门,预警件数,截止日期\r\n"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A data folder of this test's own."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    return result


def file(folder: Path, count: str, place: str = "市教育局", name: str = "预警.csv") -> Path:
    path = folder / name
    path.write_bytes(f"{HEADER}2022H1,{place},{count},2022-06-30\r\n".encode("gb18030"))
    return path


def publish(path: Path, *more: str, code: int = 0) -> Result:
    return run("publish", path, "--period", "2022H1", "--by", "值班岗", *more, code=code)


def test_check_names_every_problem_and_publishes_nothing(tmp_path: Path) -> None:
    annotated, listed = tmp_path / "批注.xlsx", tmp_path / "问题.csv"
    bad = file(tmp_path, "二一x", "市教育厅")
    result = run("check", bad, "--annotate", annotated, "--csv", listed, code=1)
    assert "[阻断 NAME] 预警.csv，第2行，“部门”列：“市教育厅”不是已登记的部门" in result.output
    assert "[阻断 NUMBER] 预警.csv，第2行，“预警件数”列：“二一x”读不出一个数" in result.output
    assert "--choose 'name:市教育厅=…'" in result.output
    assert openpyxl.load_workbook(annotated)["原文件"]["C2"].comment is not None
    assert listed.read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads(run("check", bad, "--json", code=1).output)[0]["code"] == "NAME"
    assert publish(bad, code=2).output.endswith("有阻断问题，不能发布，请先改正。\n")


def test_a_question_is_answered_on_the_command_line(tmp_path: Path) -> None:
    path = file(tmp_path, "33", "市教育厅")
    assert "NAME_CHOSEN" in run("check", path, "--choose", "name:市教育厅=education").output


def test_publish_history_diff_rollback_and_prove(tmp_path: Path) -> None:
    made = publish(file(tmp_path, "33"), "--note", "更正")
    assert "~ 2022H1 市教育局\t预警件数\t31 > 33" in made.output
    assert made.output.endswith("R0002\t更正并补充\t已发布\n")
    assert "内容与线上 R0002 相同，没有新版本" in publish(file(tmp_path, "33")).output
    history = run("history").output
    assert "R0002" in history
    assert "预警.csv\t网办预警\t1行" in history
    (part,) = json.loads(run("diff", "R0001", "R0002", "--json").output)
    assert part["changed"][0] == {
        "row": "2022H1 市教育局", "column": "预警件数", "old": "31", "new": "33",
    }  # fmt: skip
    run("rollback", "R0001", "--by", "值班岗", "--note", "填错")
    assert run("diff", "R0001", "R0003").output == "R0001 与 R0003 的内容相同\n"
    assert {row["outcome"] for row in json.loads(run("prove", "R0002", "--json").output)} == {
        "相同"
    }


def test_a_lost_original_is_said(tmp_path: Path) -> None:
    publish(file(tmp_path, "33"))
    for kept in (tmp_path / "data" / "uploads").rglob("*"):
        if kept.is_file():
            kept.unlink()
    assert "缺原件" in run("prove", "R0002", code=1).output


def test_another_period_than_the_file_s_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "33")
    result = run("publish", path, "--period", "2022H2", "--by", "值班岗", code=2)
    assert "“2022H1”（2022年上半年），与所选期次2022年下半年不同" in result.output


def test_two_people_where_the_office_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_REVIEW", "1")
    assert "已提交，等待另一人复核发布" in publish(file(tmp_path, "33")).output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("check", "没有.csv"), "没有文件没有.csv"),
        (("check", __file__, "--sender", "某处"), "“某处”不是已登记的地区或部门"),
        (("check", __file__, "--choose", "高新区"), "“高新区”应写作 键=值"),
        (("diff", "R0001", "R9999"), "没有版本“R9999”"),
        (("prove", "R9999"), "没有版本 R9999"),
        (("rollback", "R9999", "--by", "岗", "--note", "x"), "没有版本 R9999"),
        (
            ("publish", __file__, "--period", "2022H1", "--by", "岗", "--mode", "x"),
            "没有发布方式“x”",
        ),
        (("trend", "x"), "没有指标“x”"),
    ],
)
def test_a_wrong_argument_is_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    run("seed")
    assert sentence in run(*arguments, code=2).output


def test_trend_gives_one_line_a_period() -> None:
    assert run("trend", "staff_trained").output == "2022H1\t775人\t2022-07-31\t—\n"
