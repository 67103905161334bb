"""Cases by department, district, channel and item: who is behind first, and how long they took."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from lib.catalog.handling import STATUS_BY_ID
from lib.catalog.places import DISTRICT_IDS, place_name
from lib.insight.caseload import (
    FEWEST,
    Ranked,
    Tally,
    chosen,
    portion,
    ranked,
    ranked_by_rate,
    whole,
)
from lib.insight.cells import Way, bar, count, led
from lib.insight.status import Tone
from lib.insight.table import Table, table
from lib.insight.wording import MISSING, grouped
from lib.queries.cases import By, Matter
from lib.selection import Selection
from lib.views.exhibit import Exhibit

Name: TypeAlias = str | Matter
PAGE = "caseload"
COUNTED: tuple[tuple[str, Tone], ...] = (
    ("overdue", "red"),
    ("due_soon", "orange"),
    ("late", "gray"),
)
WORST_FIRST = tuple(status for status, _ in COUNTED)
RATES = ("办件", "按时办结率", "p50天数", "p90天数")
LABELS = (*(STATUS_BY_ID[status].label for status, _ in COUNTED), *RATES)


@dataclass(frozen=True)
class _Axis:
    """What cases are grouped by: the counts that know it, its column of them, and its names for people."""

    by: By
    column: str
    title: str
    columns: tuple[str, ...]
    many: str


AXES = {
    "department": _Axis("standing", "department", "各部门办件", ("部门",), "个部门"),
    "district": _Axis("standing", "district", "各地区办件", ("地区",), "个地区"),
    "channel": _Axis("channels", "channel", "各渠道办件", ("渠道",), "个渠道"),
    "item": _Axis("items", "item", "各事项办件", ("事项", "部门"), "个事项"),
}


@lru_cache(maxsize=32)
def case_groups(selection: Selection, axis: str, most: int = 0) -> Exhibit:
    """Cases by an axis of AXES, the most overdue first; past `most` groups the rest as one row."""
    of = AXES[axis]
    counts = chosen(selection, of.by)
    found = ranked(counts, of.column, most)
    return Exhibit(
        f"case-{axis}", of.title, _reading(found, axis, whole(counts)), _table(found, axis),
        remark="件，超期未结多的在前", key=of.columns[0],
    )  # fmt: skip


@lru_cache(maxsize=32)
def worst_items(selection: Selection, most: int = 0) -> Exhibit:
    """Items by 按时办结率, the lowest first; past `most` of them the rest as one row."""
    of = AXES["item"]
    found = ranked_by_rate(chosen(selection, of.by), of.column, most)
    remark = f"按时办结率低的在前；已办结{FEWEST}件以上、有超期办结的事项"
    return Exhibit(
        "case-worst", "最差事项", _worst_reading(found), _table(found, "item", ("late",)),
        remark=remark, key=of.columns[0],
    )  # fmt: skip


def _cells(axis: str, name: Name, status: str | None) -> tuple[str, ...]:
    """The cells that name a group, leading to what is narrowed to it; an item to its cases of a status."""
    if isinstance(name, tuple):
        department, item = name
        way = _way(axis, name, ("status", status)) if status else None
        office = led(place_name(department), Way(PAGE, department=department))
        return led(item, way) if way else item, office
    way = _way(axis, name)
    return (led(_text(axis, name), way) if way else _text(axis, name),)


def _way(axis: str, name: Name, *own: tuple[str, str]) -> Way | None:
    """To the page narrowed to a group; None where the frame has no filter for it."""
    if isinstance(name, tuple):
        return Way(PAGE, department=name[0], own=(*own, ("item", name[1])))
    if axis == "department":
        return Way(PAGE, department=name, own=own)
    if axis == "district" and name in DISTRICT_IDS:
        return Way(PAGE, district=name, own=own)
    return None


def _text(axis: str, name: Name) -> str:
    if isinstance(name, tuple):
        return f"{name[1]}（{place_name(name[0])}）"
    return name if axis == "channel" else place_name(name)


def _table(found: Ranked, axis: str, order: tuple[str, ...] = WORST_FIRST) -> Table:
    """Every group with its figures; an item leads to its cases of the first status in `order` that it has."""
    longest = {
        status: max((tally.of(status) for tally in found.tallies), default=0)
        for status, _ in COUNTED
    }
    rows = []
    for name, tally in zip(found.names, found.tallies, strict=True):
        counted = (
            bar(
                count(tally.of(status)), tally.of(status) / (longest[status] or 1), tone,
                _way(axis, name, ("status", status)),
            )
            for status, tone in COUNTED
        )  # fmt: skip
        status = next((status for status in order if tally.of(status)), None)
        rows.append((*_cells(axis, name, status), *counted, *rate_cells(tally)))
    if found.rest:
        of = AXES[axis]
        named = (f"其余{found.others}{of.many}", *[""] * (len(of.columns) - 1))
        rest = (count(found.rest.of(status)) for status, _ in COUNTED)
        rows.append((*named, *rest, *rate_cells(found.rest)))
    return table((*AXES[axis].columns, *LABELS), rows)


def rate_cells(tally: Tally) -> tuple[str, ...]:
    """All cases, 按时办结率, and the days within which half and nine tenths were done."""
    days = (MISSING if day is None else str(day) for day in (tally.half, tally.nine_tenths))
    return (count(tally.total), tally.on_time, *days)


def _reading(found: Ranked, axis: str, all_of_them: Tally) -> str:
    if not found.names:
        return "所选范围没有办件。"
    overdue = all_of_them.of("overdue")
    groups = len(found.names) + found.others
    said = [f"共{groups}{AXES[axis].many}"]
    if not overdue:
        said.append(f"没有超期未结的办件，即将到期{grouped(all_of_them.of('due_soon'))}件")
    elif groups > 1:
        most = found.tallies[0].of("overdue")
        said.append(
            f"{_text(axis, found.names[0])}超期未结最多，{grouped(most)}件，占{portion(most, overdue)}"
        )
        if found.rest:
            shown = sum(tally.of("overdue") for tally in found.tallies)
            said.append(f"前{len(found.names)}个合占{portion(shown, overdue)}")
    else:
        said.append(f"超期未结{grouped(overdue)}件")
    return "；".join(said) + "。"


def _worst_reading(found: Ranked) -> str:
    if not found.names:
        return f"没有已办结{FEWEST}件以上、又有超期办结的事项。"
    worst = found.tallies[0]
    return (
        f"{_text('item', found.names[0])}按时办结率最低，{worst.on_time}："
        f"已办结{grouped(worst.finished)}件，其中超期{grouped(worst.of('late'))}件。"
    )
