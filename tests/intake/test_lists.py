"""Cells that list many: built from their members, read back, and never read in part."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.catalog.places import DEPARTMENTS, DISTRICTS
from lib.intake.locate.lists import ListedItem, parse_list, stated_count
from lib.intake.reading import read_file

NAMES = [name for place in (*DEPARTMENTS, *DISTRICTS) for name in (place.name, *place.aliases)]
UNITS = st.sampled_from(["", "件", "个", "人", "项", "条"])
FIGURES = st.builds(lambda number, unit: f"{number}{unit}", st.integers(0, 9999), UNITS)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), FIGURES), min_size=1, max_size=9)
SEPARATORS = st.sampled_from(["、", "，", ",", "；", "; ", "、 "])
STYLES = ("{}({})", "{}（{}）", "{}{}", "{}有{}", "{}为{}")
ENDS = st.sampled_from(["", "。", "等", "等。"])


def items(pairs: list[tuple[str, str]]) -> tuple[ListedItem, ...]:
    return tuple(ListedItem(name, figure) for name, figure in pairs)


@given(PAIRS, SEPARATORS, st.data(), ENDS)
def test_a_list_is_read_back_as_it_was_built(pairs, separator: str, data, end: str) -> None:
    styles = [data.draw(st.sampled_from(STYLES)) for _ in pairs]
    parts = [style.format(*pair) for style, pair in zip(styles, pairs, strict=True)]
    assert parse_list(separator.join(parts) + end) == items(pairs)


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=6),
    FIGURES,
    st.sampled_from(["各{}", "均各{}", "(各{})"]),
)
def test_one_figure_for_each_is_given_to_each(names: list[str], figure: str, style: str) -> None:
    assert parse_list("、".join(names) + style.format(figure)) == items(
        [(n, figure) for n in names]
    )


@given(
    PAIRS,
    st.integers(0, 8),
    st.sampled_from(
        ["市教育厅3件", "某局(2件)", "市教育局", "市教育局若干", "3件", "市教育局1,2345件"]
    ),
)
def test_a_list_with_one_member_unread_is_not_read_at_all(pairs, at: int, odd: str) -> None:
    parts = ["{}({})".format(*pair) for pair in pairs]
    assert parse_list("、".join([*parts[:at], odd, *parts[at:]])) == ()


@given(PAIRS, st.integers(1, 99), st.sampled_from(["个部门", "家单位", "个地区", "个"]))
def test_the_count_a_list_closes_with_is_not_a_member(pairs, count: int, word: str) -> None:
    text = "、".join("{}({})".format(*pair) for pair in pairs)
    assert parse_list(f"{text}等{count}{word}。") == items(pairs)
    assert stated_count(f"{text}等{count}{word}。") == count
    assert stated_count(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_list_of_registered_places_or_none(text: str) -> None:
    assert all(item.name in NAMES for item in parse_list(text))


@pytest.mark.parametrize("text", ["31", "市教育局", "", "、", "约31件", "2022年7月底", "（31件）"])
def test_what_lists_nothing_is_no_list(text: str) -> None:
    assert parse_list(text) == ()


@pytest.mark.parametrize(
    "text",
    ["、" * 32_000, "（" + "1" * 32_000, "市（" + "1" * 32_000, "各" * 32_000, "1" * 32_000, "等" * 32_000],
    ids=["separators", "digits", "brackets", "each", "bare", "rest"],
)  # fmt: skip
def test_a_cell_made_to_be_slow_is_answered_at_once(text: str) -> None:
    started = time.process_time()
    assert parse_list(text) == ()
    reading = read_file(f"期次,部门,预警件数\n2022H1,市教育局,{text}\n".encode(), "a.csv")
    assert reading.blocked
    assert time.process_time() - started < 5
