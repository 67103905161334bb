"""Sheets with a line a place: 服务阵地, 畅通办专员, 网办预警, with totals held against what was stated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lib.catalog.places import LEVELS, place_name
from lib.documents.workbook.cells import (
    FIRST,
    SOURCES,
    Cell,
    Formula,
    Row,
    Sheet,
    column,
    difference,
    measure,
    no_source,
    number_of,
    source,
    span,
    sum_if,
    total,
)
from lib.insight.cells import stated_in_full
from lib.insight.wording import MISSING
from lib.queries.facts import Fact, FactBook, fact_book
from lib.selection import Selection
from lib.views.centers import level_names

_PARTS = ("planned", "upgraded", "added", "completed")
_SILENT = "本期未报送"
_OURS = "由公式相加"


def centers_sheet(selection: Selection) -> Sheet:
    """服务阵地: a line a district and level; per level the districts' sum beside what was stated."""
    book, names = _book(selection), level_names(selection.period)
    rows: list[Row] = []
    for district in selection.districts:
        lines = [
            (
                place_name(district),
                level.tier,
                names[level.id],
                *map(measure, facts),
                *source(known, selection.release_id),
            )
            for level in LEVELS
            if (known := _any(facts := _level(book, level.id, district)))
        ]
        rows += lines or [
            (place_name(district), *[MISSING] * 6, *no_source(_SILENT, selection.release_id))
        ]
    closing: list[Row] = []
    for level in LEVELS:
        closing += _level_closing(
            selection,
            book,
            level.id,
            names[level.id],
            len(rows),
            FIRST + len(rows) + 2 + len(closing),
        )
    columns = ("地区", "层级", "站点", "计划数", "提升数", "新增数", "完成数", *SOURCES)
    remarks = (
        "单位：个。提升数是列入提升范围的个数，不是完成数；县级站点没有写提升数的，不等于零。",
    )
    return Sheet(
        "服务阵地",
        "各地区各层级站点的提升范围，与全市所称对照",
        columns,
        tuple(rows),
        remarks,
        tuple(closing),
    )


def _level(book: FactBook, level: str, place: str) -> list[Fact | None]:
    return [book.get(f"center_{level}_{part}", place) for part in _PARTS]


def _level_closing(
    selection: Selection, book: FactBook, level: str, name: str, lines: int, at: int
) -> list[Row]:
    """A level's sum over districts, and with no district chosen the stated figures and the gaps."""
    tier = next(one.tier for one in LEVELS if one.id == level)
    cells = [_level(book, level, place) for place in selection.districts]
    sums = [total(facts) for facts in zip(*cells, strict=True)]
    if all(one == MISSING for one in sums) and not _any(_level(book, level, "city")):
        return []
    where = [(span(1, lines), tier)]
    added = [sum_if(span(3 + n, lines), where, value) for n, value in enumerate(sums)]
    whole = _level(book, level, "city")
    return _held(
        selection, (f"{_scope(selection)}合计", tier, name), added, whole, at
    )  # fmt: skip


def _held(
    selection: Selection,
    head: tuple[str, ...],
    added: Sequence[Formula],
    whole: Sequence[Fact | None],
    at: int,
) -> list[Row]:
    """A line of sums; below it what was stated, and the differences where nothing is left out.

    at: the sheet's row of the first of them
    """
    ours = no_source(_OURS, selection.release_id)
    rows: list[Row] = [(*head, *added, *ours)]
    known = _any(whole)
    if known is None:
        return rows
    rest, told = head[1:], [measure(fact) for fact in whole]
    rows.append(("全市所称", *rest, *told, *source(known, selection.release_id)))
    if selection.chosen_districts or selection.chosen_departments:
        return rows
    letters = [column(len(head) + n) for n in range(len(told))]
    gaps = [
        difference(f"{letter}{at}", f"{letter}{at + 1}", (one.value, _value(cell)))
        for letter, one, cell in zip(letters, added, told, strict=True)
    ]
    return [*rows, ("合计与所称之差", *rest, *gaps, *ours)]


def _value(cell: Cell) -> Decimal | str:
    return MISSING if isinstance(cell, str) else cell.value


def staff_sheet(selection: Selection) -> Sheet:
    """畅通办专员: goal and trained by district, with the rate; the goal is often a bound."""
    book = _book(selection)
    places = ("city", *selection.districts)
    rows = [_staff_line(selection, book, place, FIRST + n) for n, place in enumerate(places)]
    columns = (
        "地区",
        "目标（原文）",
        "目标人数",
        "已培育（原文）",
        "已培育人数",
        "完成率",
        *SOURCES,
    )
    remarks = (
        "单位：人。目标是下界（不少于），完成率为已培育÷目标的公式，可以超过100%；全市数为原文所称，不由地区相加。",
    )
    return Sheet("畅通办专员", "“畅通办”专员目标、已培育和完成率", columns, tuple(rows), remarks)


def _staff_line(selection: Selection, book: FactBook, place: str, at: int) -> Row:
    goal, done = book.get("staff_target", place), book.get("staff_trained", place)
    known = _any((done, goal))
    if known is None:
        return (place_name(place), *[MISSING] * 5, *no_source(_SILENT, selection.release_id))
    rate = done.value / goal.value if done and goal and goal.value else MISSING
    formula = Formula(f'IF(COUNT(C{at},E{at})<2,"{MISSING}",E{at}/C{at})', rate, "0.0%")
    return (
        place_name(place), stated_in_full(goal), number_of(goal) if goal else MISSING,
        stated_in_full(done), number_of(done) if done else MISSING, formula,
        *source(known, selection.release_id),
    )  # fmt: skip


def warnings_sheet(selection: Selection) -> Sheet:
    """网办预警: a line a department; the sums beside the stated ones."""
    book = _book(selection)
    found = [(place, _cases(book, "department", place)) for place in selection.departments]
    known = [(place, facts) for place, facts in found if _any(facts)]
    known.sort(key=lambda item: -max(fact.value for fact in item[1] if fact))
    rows: list[Row] = [
        (place_name(place), *map(measure, facts), *source(one, selection.release_id))
        for place, facts in known
        if (one := _any(facts))
    ]
    silent = [place for place in selection.chosen_departments if place not in dict(known)]
    rows += [
        (place_name(place), MISSING, MISSING, *no_source(_SILENT, selection.release_id))
        for place in silent
    ]
    sums = [total(facts) for facts in zip(*(facts for _, facts in known), strict=True)] or [
        MISSING
    ] * 2
    added = [sum_if(span(1 + n, len(rows)), (), value) for n, value in enumerate(sums)]
    scope = "所选部门" if selection.chosen_departments else "各部门"
    closing = _held(
        selection, (f"{scope}合计",), added, _cases(book, "district", "city"), FIRST + len(rows) + 2
    )  # fmt: skip
    remarks = ("单位：件，累计。超期不是预警的一部分，两个数不能相除；没有报送的部门不等于零。",)
    columns = ("部门", "预警件数", "超期件数", *SOURCES)
    return Sheet(
        "网办预警",
        "各部门网办预警和超期件数，与全市所称对照",
        columns,
        tuple(rows),
        remarks,
        tuple(closing),
    )


def _cases(book: FactBook, dimension: str, place: str) -> list[Fact | None]:
    at = (None, place) if dimension == "department" else (place, None)
    return [book.get(metric, *at) for metric in ("warning_count", "overdue_count")]


def _any(facts: Sequence[Fact | None]) -> Fact | None:
    return next(filter(None, facts), None)


def _scope(selection: Selection) -> str:
    return "所选地区" if selection.chosen_districts else "各地区"


def _book(selection: Selection) -> FactBook:
    return fact_book(selection.release_id, selection.period)
