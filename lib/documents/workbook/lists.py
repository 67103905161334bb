"""Sheets of words: 名单 with counts held against what was stated, 工作亮点, 口径."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from lib.catalog.outline import SECTIONS
from lib.catalog.places import place_name
from lib.catalog.rosters import MEMBER_NAMES, ROSTER_BY_ID, ROSTERS, TONE_NAMES, Roster
from lib.documents.workbook.cells import (
    FIRST,
    SOURCES,
    Cell,
    Formula,
    Number,
    Row,
    Sheet,
    column,
    difference,
    number_of,
    span,
)
from lib.insight.dictionary import metric_rows
from lib.insight.wording import MISSING
from lib.queries.facts import fact_book
from lib.queries.release import opened_release
from lib.queries.rosters import roster_members
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.section import is_chosen

_COUNT, _STATED = 4, 5


def roster_sheet(selection: Selection) -> Sheet:
    """名单: a line a member; a chosen department or district keeps the lists' other members out."""
    rows = [
        _member(selection, row)
        for row in roster_members(selection.release_id, selection.period).to_pylist()
        if _kept(row, selection)
    ]
    columns = ("章节", "名单", "含义", "地区", "序号", "成员", "名单中写作", "原文列全", *SOURCES)
    remarks = ("每个成员一行；“原文列全”为否的，原文只列举了一部分，不能当作全部。",)
    return Sheet("名单", "原文列举的部门、地区和事项，每个成员一行", columns, tuple(rows), remarks)


def _kept(row: dict[str, Any], selection: Selection) -> bool:
    kind = ROSTER_BY_ID[row["roster"]].member
    if kind == "department":
        return row["member"] in selection.departments or not selection.chosen_departments
    if kind == "district":
        return row["member"] in selection.districts or not selection.chosen_districts
    return is_chosen(row["district"], None, selection)


def _member(selection: Selection, row: dict[str, Any]) -> Row:
    roster = ROSTER_BY_ID[row["roster"]]
    return (
        SECTIONS.get(roster.section, roster.section), roster.name, TONE_NAMES[roster.tone],
        place_name(row["district"]), Number(Decimal(row["position"])),
        row["member"] if roster.member == "text" else place_name(row["member"]), row["member_text"],
        "是" if row["complete"] else "否", *_source(selection, row),
    )  # fmt: skip


def _source(selection: Selection, row: dict[str, Any]) -> Row:
    hashes = {one["file"]: one["sha256"] for one in opened_release(selection.release_id).sources}
    return (
        row["as_of_text"] or MISSING, row["as_of"].isoformat(), row["section"] or MISSING, row["note"] or "",
        row["source_file"], Number(Decimal(row["source_row"])), selection.release_id,
        hashes.get(row["source_file"], MISSING),
    )  # fmt: skip


def count_sheet(selection: Selection, members: Sheet) -> Sheet:
    """名单个数: how long each list is by formula, beside how long the source says it is."""
    names = [row[1] for row in members.rows]
    there = [roster for roster in ROSTERS if roster.name in names]
    rows = [_count_line(selection, roster, names, FIRST + n) for n, roster in enumerate(there)]
    columns = ("章节", "名单", "含义", "成员类别", "列名个数", "所称个数", "列名与所称之差")
    remarks = ("列名个数由公式数“名单”表；所称个数是原文写的，没有写的为“—”。",)
    return Sheet("名单个数", "每张名单的列名个数与所称个数", columns, tuple(rows), remarks)


def _count_line(selection: Selection, roster: Roster, names: Sequence[Cell], at: int) -> Row:
    listed, told = Decimal(names.count(roster.name)), _stated_count(selection, roster)
    counted = Formula(f"COUNTIF(名单!{span(1, len(names))},B{at})", listed)
    gap: Cell = "只数所选，不比"
    if not (selection.chosen_districts or selection.chosen_departments):
        value = told.value if isinstance(told, Number) else MISSING
        gap = difference(f"{column(_COUNT)}{at}", f"{column(_STATED)}{at}", (listed, value))
    return (
        SECTIONS.get(roster.section, roster.section), roster.name, TONE_NAMES[roster.tone],
        MEMBER_NAMES[roster.member], counted, told, gap,
    )  # fmt: skip


def _stated_count(selection: Selection, roster: Roster) -> Number | str:
    """How long the source says a list is."""
    facts = fact_book(selection.release_id, selection.period).of(f"roster_{roster.id}")
    return number_of(facts[0]) if facts else MISSING


def highlight_sheet(selection: Selection) -> Sheet:
    """工作亮点: a line an event."""
    rows = [
        (
            SECTIONS.get(row["section"], row["section"]), place_name(row["district"]), row["item"],
            *_source(selection, row),
        )
        for row in highlights(selection.release_id, selection.period).to_pylist()
        if is_chosen(row["district"], None, selection)
    ]  # fmt: skip
    remarks = ("叙述部分的要点，用自己的话写；不含未入库的数字。",)
    columns = ("章节", "地区", "事项", *SOURCES)
    return Sheet("工作亮点", "各项工作的要点，每件一行", columns, tuple(rows), remarks)


def meaning_sheet(selection: Selection) -> Sheet:
    """口径: a line a metric, as on the page of that name."""
    lines = metric_rows(selection)
    columns: Sequence[str] = tuple(lines[0])
    rows = tuple(tuple(line.values()) for line in lines)
    remarks = ("标※的为通行做法、没有正式出处；比率的“由本系统计算”在定义里写明。",)
    return Sheet("口径", "每个指标的定义、单位、方向和出处", tuple(columns), rows, remarks)
