"""Departments by 落后 lists: who is named in which, and in how many."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyarrow as pa

from lib.insight.cells import figure, named
from lib.insight.table import table_of
from lib.insight.wording import listed
from lib.queries.facts import FactBook, fact_book
from lib.queries.rosters import roster_members
from lib.selection import Selection
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit, Rows, chart_rows, source_cells

TOTAL = "名单数"
# Every list of departments that reads badly > its short name, and the figure behind a name in it.
LISTS: dict[str, tuple[str, str]] = {
    "power_unclaimed": ("权力未认领", ""),
    "faceless_low": ("不见面率偏低", ""),
    "instant_low": ("即办占比偏低", ""),
    "warned_departments": ("产生网办预警", "warning_count"),
    "overdue_departments": ("产生网办超期", "overdue_count"),
    "not_reporting": ("监管数据未报", ""),
    "coverage_low": ("监管覆盖偏低", "behaviour_coverage"),
}
_NAMES = tuple(name for name, _ in LISTS.values())
_SCHEMA = pa.schema([(name, pa.string()) for name in ("部门", "名单", "写法", "说明")])
_COLUMNS = ("部门", TOTAL, "在哪些名单")


@dataclass
class _Named:
    """One department: the released rows that name it, in the order of the lists."""

    place: str
    rows: Rows = field(default_factory=list)


def _named(selection: Selection) -> list[_Named]:
    """The chosen departments that some list names, most lists first, ties in catalog order."""
    order = list(LISTS)
    found: dict[str, _Named] = {}
    for row in roster_members(selection.release_id, selection.period).to_pylist():
        if row["roster"] in LISTS:
            found.setdefault(row["member"], _Named(row["member"])).rows.append(row)
    chosen = [found[place] for place in selection.departments if place in found]
    for one in chosen:
        one.rows.sort(key=lambda row: order.index(row["roster"]))
    return sorted(chosen, key=lambda one: -len(one.rows))


@lru_cache(maxsize=64)
def lagging(selection: Selection) -> Exhibit:
    """Departments named in lists of 落后 or problems, by list."""
    book = fact_book(selection.release_id, selection.period)
    members = roster_members(selection.release_id, selection.period)["roster"].to_pylist()
    there = [roster for roster in LISTS if roster in members]
    chosen = _named(selection)
    marks, rows, sources = [], [], []
    for one in chosen:
        line = _line(one, book)
        rows.append(line)
        marks.append(_mark(line["部门"], TOTAL, line[TOTAL], ""))
        for row in one.rows:
            short = LISTS[row["roster"]][0]
            marks.append(_mark(line["部门"], short, short, row["note"] or ""))
            source = {"部门": line["部门"], "名单": short, "名单中写作": row["member_text"]}
            sources.append(source | source_cells(row))
    return Exhibit(
        "lagging",
        "部门落后和问题名单",
        _reading(chosen, there),
        table_of(rows, _COLUMNS),
        remark="点为在该名单上，按名单张数排列",
        chart="matrix",
        marks=chart_rows(marks, _SCHEMA),
        options=(TOTAL, *_NAMES),
        key="部门",
        dimension="department",
        sources=table_of(sources, ("部门", "名单", "名单中写作", *SOURCE_COLUMNS)),
    )


def _mark(place: str, column: str, text: str, remark: str) -> dict[str, str]:
    return {"部门": place, "名单": column, "写法": text, "说明": remark}


def _line(one: _Named, book: FactBook) -> dict[str, str]:
    facts = []
    for row in one.rows:
        metric = LISTS[row["roster"]][1]
        own = book.get(metric, None, one.place) if metric else None
        facts.append(own or book.get(f"roster_{row['roster']}", row["district"]))
    return {
        "部门": named(one.place),
        TOTAL: figure(str(len(one.rows)), facts),
        "在哪些名单": listed(map(_mention, one.rows)),
    }


def _mention(row: dict[str, Any]) -> str:
    name = LISTS[row["roster"]][0]
    return f"{name}（{row['note']}）" if row["note"] else name


def _reading(chosen: list[_Named], there: list[str]) -> str:
    if not there:
        return "本期没有报送落后和问题名单。请换一个期次，或到“填报模板”下载“名单”模板报送。"
    if not chosen:
        return f"所选部门不在本期{len(there)}张落后和问题名单上。"
    most = len(chosen[0].rows)
    top = [named(one.place) for one in chosen if len(one.rows) == most]
    missing = [LISTS[roster][0] for roster in LISTS if roster not in there]
    tail = f"；本期没有报送的名单：{listed(missing)}" if missing else ""
    return (
        f"{len(chosen)}个部门在{len(there)}张名单上，{listed(top)}最多（{'各' * (len(top) > 1)}{most}张）；"
        f"各名单口径不同，张数不是得分{tail}。"
    )
