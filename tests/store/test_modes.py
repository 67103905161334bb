"""What each way of publishing does to the rows that are there."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.datasets import WARNINGS
from lib.compare import compare
from lib.store.modes import ADD, CORRECT, MERGE, MODES, REPLACE, Mode, apply
from tests.store.rows import table

PLACES = ["education", "health", "finance", "market"]
PARTS = st.dictionaries(st.sampled_from(PLACES), st.integers(0, 2))


def rows(part: dict[str, int]) -> pa.Table:
    return table([("2022H1", place, count) for place, count in part.items()])


def held(made: pa.Table) -> dict[str, int]:
    return {row["department"]: int(row["warning"]) for row in made.to_pylist()}


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.id)
@settings(deadline=None)
@given(PARTS, PARTS)
def test_a_mode_does_what_it_declares_and_no_more(mode: Mode, live: dict, new: dict) -> None:
    added, differing = new.keys() - live.keys(), {k for k in new if live.get(k, new[k]) != new[k]}
    refused = (set() if mode.adds else added) | (set() if mode.changes else differing)
    wanted = {k: v for k, v in new.items() if k not in refused}
    applied = apply(WARNINGS, mode, rows(live), rows(new))
    assert held(applied.table) == (wanted if mode.removes else {**live, **wanted})
    assert {key[1] for key in applied.refused} == refused
    assert len(applied.table) == len(held(applied.table))


@settings(deadline=None)
@given(PARTS)
def test_the_same_rows_again_change_nothing_in_any_mode(part: dict) -> None:
    for mode in MODES:
        applied = apply(WARNINGS, mode, rows(part), rows(part))
        assert applied.refused == ()
        assert compare(WARNINGS, rows(part), applied.table).same


@settings(deadline=None)
@given(PARTS, PARTS)
def test_what_a_diff_shows_is_what_a_merge_makes(live: dict, new: dict) -> None:
    applied = apply(WARNINGS, MERGE, rows(live), rows(new))
    diff = compare(WARNINGS, rows(live), applied.table)
    assert len(diff.removed) == 0
    assert compare(WARNINGS, apply(WARNINGS, REPLACE, rows(live), rows(new)).table, rows(new)).same
    shown = {row["department"]: int(row["warning"]) for row in diff.added.to_pylist()}
    shown |= {cell.key[1]: int(cell.new) for cell in diff.changed if cell.column == "预警件数"}
    assert held(applied.table) == {**live, **shown}


def test_changed_rows_stay_in_their_place_and_new_ones_follow() -> None:
    live, new = (
        {"education": 1, "health": 1, "finance": 1},
        {"market": 2, "finance": 2, "education": 2},
    )
    made = apply(WARNINGS, MERGE, rows(live), rows(new)).table
    assert list(held(made).items()) == [
        ("education", 2),
        ("health", 1),
        ("finance", 2),
        ("market", 2),
    ]


def test_into_nothing_only_a_correction_is_refused() -> None:
    part = rows({"education": 1})
    assert [
        len(apply(WARNINGS, mode, None, part).refused) for mode in (REPLACE, ADD, MERGE, CORRECT)
    ] == [0, 0, 0, 1]
