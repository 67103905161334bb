"""What separates two tables, cell by cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.datasets import INDICATORS, ROSTER, WARNINGS, Column
from lib.compare import Cell, Stored, compare, compare_releases, conform, key_text
from lib.intake.schema import schema
from lib.store.content import content_hash
from tests.store.rows import table

PLACES = ["education", "health", "finance", "market"]
PARTS = st.dictionaries(st.sampled_from(PLACES), st.one_of(st.none(), st.integers(0, 3)))


def rows(part: dict[str, int | None]) -> pa.Table:
    return table([("2022H1", place, count) for place, count in part.items()])


def changed(table: pa.Table, **values: object) -> pa.Table:
    made = [{**row, **values} for row in table.to_pylist()]
    return pa.Table.from_pylist(made, schema=table.schema)


@settings(deadline=None)
@given(PARTS, PARTS)
def test_a_diff_says_exactly_what_separates_two_tables(old: dict, new: dict) -> None:
    diff = compare(WARNINGS, rows(old), rows(new))
    kept = old.keys() & new.keys()
    differing = {place for place in kept if old[place] != new[place]}
    assert set(diff.added["department"].to_pylist()) == new.keys() - old.keys()
    assert set(diff.removed["department"].to_pylist()) == old.keys() - new.keys()
    assert {cell.key for cell in diff.changed} == {("2022H1", place) for place in differing}
    assert (diff.changed_rows, diff.unchanged) == (len(differing), len(kept - differing))
    assert diff.same == (old == new)


@settings(deadline=None)
@given(PARTS, PARTS, st.randoms())
def test_the_hash_is_equal_exactly_where_nothing_differs(old: dict, new: dict, dice) -> None:
    order = list(range(len(new)))
    dice.shuffle(order)
    shuffled = rows(new).take(pa.array(order, pa.int64()))
    same = content_hash(WARNINGS, rows(old)) == content_hash(WARNINGS, shuffled)
    assert same == compare(WARNINGS, rows(old), rows(new)).same


def test_a_measure_is_one_cell_and_where_it_was_read_is_none() -> None:
    old = rows({"education": 31})
    new = changed(
        old, warning=Decimal(32), warning_text="32", warning_qualifier="余",
        source_file="别的.csv", source_row=9, source_sheet="一", source_sha256="0",
    )  # fmt: skip
    assert compare(WARNINGS, old, new).changed == (
        Cell(("2022H1", "education"), "预警件数", "31", "32余"),
    )
    moved = changed(old, source_file="别的.csv", source_row=9)
    assert compare(WARNINGS, old, moved).same


def test_a_figure_written_the_same_but_read_in_another_unit_is_shown_with_its_value() -> None:
    old = rows({"education": 3})
    new = changed(old, warning=Decimal(30000))
    (cell,) = compare(WARNINGS, old, new).changed
    assert (cell.old, cell.new) == ("3（3.0000）", "3（30000.0000）")


def test_missing_and_zero_differ() -> None:
    (cell,) = compare(WARNINGS, rows({"health": None}), rows({"health": 0})).changed
    assert (cell.old, cell.new) == ("", "0")


def test_names_flags_and_dates_are_texts_for_people() -> None:
    row = {
        "period": "2022H1", "roster": "work_lines", "member": "a", "member_text": "甲",
        "district": "jintan", "district_text": "金坛", "position": 1, "complete": True,
        "as_of": dt.date(2022, 6, 30),
    }  # fmt: skip
    old = pa.Table.from_pylist([row], schema=schema(ROSTER))
    new = changed(old, district_text="金坛区", complete=False, as_of=dt.date(2022, 7, 1))
    found = [(cell.column, cell.old, cell.new) for cell in compare(ROSTER, old, new).changed]
    assert found == [
        ("地区", "金坛", "金坛区"), ("列全", "是", "否"), ("截止日期", "2022-06-30", "2022-07-01"),
    ]  # fmt: skip


def test_an_empty_part_of_a_key_is_a_value() -> None:
    row = {"period": "2022H1", "metric": "risk_clues", "district": "city", "value_text": "1"}
    other = {**row, "district": None, "department": "health"}
    old = pa.Table.from_pylist([row, other], schema=schema(INDICATORS))
    diff = compare(INDICATORS, old, changed(old, value_text="2"))
    assert (diff.changed_rows, len(diff.added)) == (2, 0)
    assert key_text(INDICATORS, diff.changed[1].key) == "2022H1 风险预警线索数 市卫健委"


def test_a_table_written_before_a_column_was_declared_compares_and_hashes_the_same() -> None:
    new = rows({"education": 31})
    old = new.drop_columns(["note", "source_sheet"])
    assert compare(WARNINGS, old, new).same
    assert content_hash(WARNINGS, old) == content_hash(WARNINGS, new)
    assert conform(WARNINGS, old).schema.equals(schema(WARNINGS))


def test_releases_are_compared_part_by_part_and_equal_hashes_are_not_read() -> None:
    def stored(digest: str, part: dict[str, int | None]) -> Stored:
        return Stored(digest, lambda: rows(part))

    def unread() -> pa.Table:
        pytest.fail("an equal part was read")

    old = {
        ("warnings", "2022H1"): stored("a", {"education": 1}),
        ("staff", "2022H1"): Stored("s", unread),
    }
    new = {("warnings", "2022H1"): stored("b", {"education": 2}), ("staff", "2022H1"): Stored("s", unread),
           ("warnings", "2022H2"): stored("c", {"health": 3})}  # fmt: skip
    found = [
        (dataset, period, len(diff.added), diff.changed_rows)
        for dataset, period, diff in compare_releases(old, new)
    ]
    assert found == [("warnings", "2022H1", 0, 1), ("warnings", "2022H2", 1, 0)]


def test_a_column_declared_later_changes_no_hash_until_it_is_filled() -> None:
    later = replace(WARNINGS, columns=(*WARNINGS.columns, Column("more", "新列")))
    old = rows({"education": 31})
    filled = old.append_column("more", pa.array([""]))
    assert content_hash(later, old) == content_hash(WARNINGS, old)
    assert content_hash(later, filled) != content_hash(WARNINGS, old)


def test_empty_and_blank_are_not_the_same_content() -> None:
    old = rows({"education": 31, "health": 4})
    columns = [pa.array(["", None]), pa.array([None, ""])]
    index = old.schema.get_field_index("note")
    hashes = {content_hash(WARNINGS, old.set_column(index, "note", c)) for c in columns}
    assert len(hashes) == 2
