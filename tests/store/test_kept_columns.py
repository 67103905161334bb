"""Columns an upload says nothing about keep their live values, except where a whole period is replaced."""

from __future__ import annotations

import pytest

from lib.catalog.datasets import WARNINGS
from lib.intake.draft import Draft
from lib.store.modes import MODE_BY_ID, apply
from tests.drafts import draft_from_bytes

LIVE = (
    "期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注\r\n"
    "2022H1,市教育局,31,1,件,上半年,2022-06-30,三（三）,已提醒\r\n"
)
ONE_COLUMN = "期次,部门,预警件数,截止日期\r\n2022H1,市教育局,33,2022-07-31\r\n"


def draft(text: str) -> Draft:
    return draft_from_bytes(text.encode("utf-8-sig"), "预警.csv")


def merged(mode: str, text: str) -> dict[str, object]:
    applied = apply(WARNINGS, MODE_BY_ID[mode], draft(LIVE).table, draft(text).table)
    (row,) = applied.table.to_pylist()
    return {name: row[name] for name in ("warning_text", "overdue_text", "section", "note")}


@pytest.mark.parametrize("mode", ["correct", "merge"])
def test_a_correction_of_one_column_leaves_the_others(mode: str) -> None:
    assert merged(mode, ONE_COLUMN) == {
        "warning_text": "33", "overdue_text": "1", "section": "三（三）", "note": "已提醒",
    }  # fmt: skip


def test_a_blank_cell_of_a_column_that_is_there_is_a_word_too() -> None:
    text = "期次,部门,预警件数,超期件数,截止日期\r\n2022H1,市教育局,33,,2022-07-31\r\n"
    assert merged("merge", text)["overdue_text"] is None


def test_replacing_a_period_keeps_nothing() -> None:
    assert merged("replace", ONE_COLUMN) == {
        "warning_text": "33", "overdue_text": None, "section": None, "note": None,
    }  # fmt: skip


def test_a_row_that_says_nothing_new_is_the_same_row() -> None:
    text = "期次,部门,预警件数,时点,截止日期\r\n2022H1,市教育局,31,上半年,2022-06-30\r\n"
    applied = apply(WARNINGS, MODE_BY_ID["add"], draft(LIVE).table, draft(text).table)
    assert applied.refused == ()
