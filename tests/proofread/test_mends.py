"""Mends as edits: as small as can be, wording everywhere, clashes left to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.proofread.findings import Place
from lib.proofread.mends import Edit, edits, mended, mended_lines, settle
from tests.proofread.papers import draft, finding

TEXT = "已有142个，培育775名"


@pytest.mark.parametrize(
    ("quoted", "mend", "made"),
    [
        ("85.4%", "85.40%", [Edit(5, 9, "85.40")]),
        ("〔20225号", "〔2022〕5号", [Edit(6, 11, "2022〕5")]),
        ("甲,乙,丙", "甲，乙，丙", [Edit(6, 7, "，"), Edit(8, 9, "，")]),
        ("结束", "结束。", [Edit(7, 7, "。")]),
        ("的的", "的", [Edit(6, 7, "")]),
        ("APP端", "App端", [Edit(5, 8, "App")]),
        ("一样", "一样", []),
    ],
)
def test_an_edit_takes_whole_numbers_and_words_and_nothing_more(
    quoted: str, mend: str, made: list[Edit]
) -> None:
    assert list(edits(quoted, mend, 5)) == made
    assert mended(f"12345{quoted}尾", made) == f"12345{mend}尾"


def test_a_very_long_mend_is_one_edit() -> None:
    assert edits("甲" * 5_000, "乙" * 5_000, 0) == (Edit(0, 5_000, "乙" * 5_000),)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (Edit(3, 5, "a"), Edit(4, 6, "b"), True),
        (Edit(3, 5, "a"), Edit(5, 6, "b"), False),
        (Edit(3, 5, "a"), Edit(3, 5, "a"), False),
        (Edit(3, 5, "a"), Edit(3, 5, "b"), True),
        (Edit(5, 5, "a"), Edit(5, 5, "b"), True),
        (Edit(3, 5, "a"), Edit(5, 5, "b"), False),
        (Edit(3, 5, "a"), Edit(4, 4, "b"), True),
    ],
)
def test_edits_clash_where_they_change_the_same_characters(
    one: Edit, other: Edit, clash: bool
) -> None:
    assert (one.clashes(other), other.clashes(one)) == (clash, clash)


def test_the_surer_mend_is_made_and_the_other_left() -> None:
    paper = draft(TEXT)
    sure = finding(1, TEXT, "775", "776", "确定")
    unsure = finding(1, TEXT, "775名", "780名", "可能")
    without = finding(1, TEXT, "142")
    found = settle(paper, (without, unsure, sure))
    assert (dict(found.edits), found.made, found.left) == (
        {1: (Edit(9, 12, "776"),)},
        (sure,),
        (without, unsure),
    )


def test_a_wording_is_mended_at_every_place_that_says_the_same() -> None:
    paper = draft("甲,乙", "丙,丁；戊")
    every = replace(
        finding(1, "甲,乙", ",", "，"), kind="标点", also=(Place(2, 1, 2), Place(2, 3, 4))
    )
    assert dict(settle(paper, [every]).edits) == {1: (Edit(1, 2, "，"),), 2: (Edit(1, 2, "，"),)}
    figure = replace(every, kind="与版本不一致")
    assert dict(settle(paper, [figure]).edits) == {1: (Edit(1, 2, "，"),)}


def test_lines_are_mended_and_blank_ones_stay() -> None:
    lines = ("标题", "", " 　", TEXT, "")
    paper = draft("标题", TEXT)
    found = [finding(2, TEXT, "775", "776"), finding(1, "标题", "标题")]
    assert mended_lines(paper, lines, found) == ["标题", "", " 　", "已有142个，培育776名", ""]
