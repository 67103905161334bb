"""What is taken away beside the tracked copy, and how findings are worded."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from lib.documents.drafts.received import DraftFile, read_pasted
from lib.documents.drafts.taken import clean_text, findings_csv
from lib.proofread.telling import tally, told
from lib.queries.facts import fact_book
from tests.proofread.papers import finding

TEXT = "标题\n\n=已有142个,培育775名"
LINE = "=已有142个,培育775名"


def found() -> tuple:
    fact = fact_book("R0001", "2022H1").get("staff_trained")
    against = replace(finding(2, LINE, "775名", "776名"), kind="与版本不一致", facts=(fact,))
    return against, finding(2, LINE, "=已有", None, "可能", "像公式")


def test_the_clean_text_has_the_mends_and_the_blank_lines() -> None:
    file = read_pasted(TEXT)
    assert isinstance(file, DraftFile)
    assert clean_text(file, found()).decode("utf-8-sig") == "标题\r\n\r\n=已有142个,培育776名"


def test_the_list_states_what_it_was_held_against_and_runs_no_formula() -> None:
    rows = list(
        csv.reader(io.StringIO(findings_csv(found(), "R0001", "2022H1").decode("utf-8-sig")))
    )
    assert rows == [
        ["序号", "段", "类别", "把握", "原文", "问题", "应为", "改为", "对照的数", "检查", "期次", "版本"],
        ["1", "第2段", "与版本不一致", "确定", "775名", "不对", "776名", "776名", "全市“畅通办”专员已培育人数：775人", "test", "2022H1", "R0001"],
        ["2", "第2段", "缺字", "可能", "'=已有", "像公式", "", "", "", "test", "2022H1", "R0001"],
    ]  # fmt: skip


def test_without_a_release_the_list_says_so() -> None:
    rows = list(csv.reader(io.StringIO(findings_csv(found()[1:]).decode("utf-8-sig"))))
    assert [row[-2:] for row in rows] == [["期次", "版本"], ["", "不对照"]]


@pytest.mark.parametrize(
    ("expected", "mend", "line"),
    [
        ("776名", "776名", "应为：776名"),
        ("776名", None, "应为：776名"),
        ("776", "776名", "应为：776；建议改为“776名”"),
        ("", "776名", "建议改为“776名”"),
        ("", "", "建议删去"),
    ],
)
def test_what_should_stand_there_is_said_once(expected: str, mend: str | None, line: str) -> None:
    one = replace(finding(2, LINE, "775名", message="不对"), expected=expected, mend=mend)
    assert told(one) == ["不对", line, "把握：确定"]


def test_the_summary_counts_by_sureness() -> None:
    assert tally(found()) == "2处：确定1、很可能0、可能1"
    assert tally(()) == "没有发现问题"
