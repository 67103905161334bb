"""Every figure of 预警台账 is that of the cases themselves, whatever is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from lib.catalog.handling import STATUSES
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.insight.caseload import FEWEST
from lib.insight.cells import Bar, Way
from lib.meeting.slides import offers, pages
from lib.selection import Selection
from lib.views.case_ages import AGES, case_ages, case_statuses
from lib.views.case_cards import case_cards, has_cases
from lib.views.case_groups import AXES, case_groups, worst_items
from lib.views.case_list import LISTED, case_page, listed_cases
from lib.views.case_months import case_months, case_repeats
from lib.views.exhibit import Exhibit
from lib.views.register import CASE_VIEWS, View
from tests.views.case_rows import (
    DONE,
    Row,
    counted,
    figures,
    grouped,
    over_filters,
    percent,
    within,
)

DEPARTMENT_NAMES = [place_name(id) for id in DEPARTMENT_IDS]
COLUMNS = {
    "department": ("department",),
    "district": ("district",),
    "channel": ("channel",),
    "item": ("item", "department"),
}


def shown(name: tuple[str, ...], axis: str) -> tuple[str, ...]:
    if axis == "item":
        return name[0], place_name(name[1])
    return name if axis == "channel" else (place_name(name[0]),)


@over_filters
def test_cards_say_what_the_cases_say(at: Selection, rows: list[Row]) -> None:
    found = {card.id: card for card in case_cards(at)}
    finished, still = counted(rows, *DONE), counted(rows, "open", "due_soon", "overdue")
    in_time = counted(rows, "on_time", "close")
    assert [card.value for card in found.values()] == [
        f"{len(rows):,}", percent(in_time, finished),
        *(f"{counted(rows, status):,}" for status in ("due_soon", "overdue", "late")), within(rows, 0.5),
    ]  # fmt: skip
    assert found["on_time"].lines == (f"按时{in_time:,}", f"÷ 已办结{finished:,}")
    assert found["days"].lines[0] == f"p90 {within(rows, 0.9)}天"
    long = sum(row["days"] > 30 for row in rows if row["status"] == "overdue")
    assert found["overdue"].lines[1] == f"其中超过30天{long:,}"
    if still:
        assert found["overdue"].lines[0] == (
            f"占在办{still:,}的{percent(counted(rows, 'overdue'), still)}"
        )


@pytest.mark.parametrize("axis", AXES)
def test_groups_say_what_their_cases_say(axis: str, cases: tuple[str, list[Row]]) -> None:
    @over_filters
    def check(at: Selection, rows: list[Row]) -> None:
        groups = {shown(k, axis): v for k, v in grouped(rows, *COLUMNS[axis]).items()}
        names = len(COLUMNS[axis])
        whole = case_groups(at, axis).table.rows
        assert {row[:names]: row[names:] for row in whole} == {
            name: figures(of) for name, of in groups.items()
        }
        assert len(whole) == len(groups)
        order = [tuple(-int(n) for n in row[names : names + 3]) for row in whole]
        assert order == sorted(order)
        if axis in ("channel", "item"):  # places of the same are in the order of the catalog
            place = [(DEPARTMENT_NAMES.index(row[1]),) if names > 1 else () for row in whole]
            named = [(*bad, *at, row[0]) for bad, at, row in zip(order, place, whole, strict=True)]
            assert named == sorted(named)
        top = case_groups(at, axis, 3).table.rows
        assert top[:3] == whole[:3]
        left = [case for row in whole[3:] for case in groups[row[:names]]]
        assert top[3:] == (
            ((f"其余{len(whole) - 3}{AXES[axis].many}", *[""] * (names - 1), *figures(left)),)
            if left else ()
        )  # fmt: skip

    check(cases)


@over_filters
def test_the_worst_items_are_those_with_the_lowest_rate(at: Selection, rows: list[Row]) -> None:
    groups = {
        shown(name, "item"): of
        for name, of in grouped(rows, "item", "department").items()
        if counted(of, *DONE) >= FEWEST and counted(of, "late")
    }
    found = worst_items(at).table.rows
    assert {row[:2]: row[2:] for row in found} == {n: figures(of) for n, of in groups.items()}
    rates = [counted(groups[r[:2]], "late") / counted(groups[r[:2]], *DONE) for r in found]
    assert rates == sorted(rates, reverse=True)


LABELS = {
    "overdue": ["超期1至3天", "超期4至7天", "超期8至15天", "超期16至30天", "超期超过30天"],
    "left": ["当天", "剩1天", "剩2天", "剩3天"],
    "handling": ["当天", "1至3天", "4至7天", "8至15天", "16至30天", "31至60天", "超过60天"],
}


@over_filters
def test_ages_and_statuses_add_up_to_the_cases(at: Selection, rows: list[Row]) -> None:
    for kind, ages in AGES.items():
        days = [row["days"] for row in rows if row["status"] in ages.statuses]
        bands = [
            sum(low <= day and (high is None or day <= high) for day in days)
            for low, high in ages.bands
        ]
        early = sum(day < ages.bands[0][0] for day in days)
        numbers = [early, *bands] if early else bands
        found = case_ages(at, kind).table.rows
        if days:
            assert [row[0] for row in found][-len(bands) :] == LABELS[kind]
        assert [row[1:] for row in found] == (
            [(str(n), percent(n, len(days))) for n in numbers] if days else []
        )
        assert sum(int(row[1]) for row in found) == len(days)
    by_status = Counter(row["status"] for row in rows)
    assert [row[:3] for row in case_statuses(at).table.rows] == (
        [(s.label, str(by_status[s.id]), percent(by_status[s.id], len(rows))) for s in STATUSES] if rows else []
    )  # fmt: skip


def test_what_is_counted_by_days_leads_to_no_longer_list(cases: tuple[str, list[Row]]) -> None:
    """Lists are by status: a bar of one of its bands would lead to cases it does not count."""
    whole_city = Selection(cases[0], "2022H1")
    bars = [row[1] for kind in AGES for row in case_ages(whole_city, kind).table.rows]
    assert any(isinstance(bar, Bar) for bar in bars)
    assert not any(bar.way for bar in bars if isinstance(bar, Bar))


def ways(view: Exhibit) -> Iterator[tuple[str, Way]]:
    """The cells of a view that lead to a page, and where."""
    for row in view.table.rows:
        yield from ((cell, way) for cell in row if (way := getattr(cell, "way", None)))


LEADING = {
    **{axis: partial(case_groups, axis=axis) for axis in AXES if axis != "channel"},
    "worst": worst_items,
    "repeats": case_repeats,
}


@pytest.mark.parametrize("view", LEADING.values(), ids=LEADING)
def test_what_leads_to_a_list_leads_to_cases(
    view: Callable[[Selection], Exhibit], cases: tuple[str, list[Row]]
) -> None:
    found = list(ways(view(Selection(cases[0], "2022H1"))))
    assert any(way.own for _, way in found)
    for cell, way in found:
        assert way.district in ("", *DISTRICT_IDS)  # what the filter knows
        if not way.own:
            continue
        districts, departments = (tuple(filter(None, [p])) for p in (way.district, way.department))
        at, own = Selection(cases[0], "2022H1", districts, departments), dict(way.own)
        total = case_page(at, own["status"], own.get("item"), 1).total
        assert total == int(cell) if isinstance(cell, Bar) else total


def test_without_cases_every_view_is_empty(cases: tuple[str, list[Row]]) -> None:
    at = Selection(cases[0], "2021H2")
    assert has_cases(Selection(cases[0], "2022H1"))
    assert not has_cases(at)
    views = [
        *(case_groups(at, axis) for axis in AXES), *(case_ages(at, kind) for kind in AGES),
        worst_items(at), case_statuses(at), case_months(at), case_repeats(at),
        *(listed_cases(at, status) for status in LISTED),
    ]  # fmt: skip
    assert all(view.empty and view.reading.endswith("。") for view in views)


@pytest.mark.parametrize("view", CASE_VIEWS, ids=lambda view: view.id)
def test_a_meeting_is_offered_the_cases_with_bars_as_long_as_the_table_says(
    view: View, cases: tuple[str, list[Row]]
) -> None:
    at = Selection(cases[0], "2022H1")
    shown = view.make(at)
    assert shown.title == view.title
    assert {f"view:{view.id}", f"table:{view.id}"} <= {offer.id for offer in offers(at)}
    assert not [o for o in offers(Selection(cases[0], "2021H2")) if view.id in o.id]
    if shown.marks is None:
        return
    overdue = shown.table.columns.index("超期" if view.id == "case-months" else "超期未结")
    drawn = {mark[shown.key]: mark["写法"] for mark in shown.marks.to_pylist()}
    assert drawn == {row[0]: f"{row[overdue]}件" for row in shown.table.rows if row[overdue] != "0"}
    assert pages(f"view:{view.id}", at)[0].chart is not None
