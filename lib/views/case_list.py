"""Single cases that need attention, a page at a time; nothing is read before it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from lib.catalog.handling import ATTENTION, STATUS_BY_ID
from lib.catalog.places import DEPARTMENT_IDS, place_name
from lib.insight.caseload import chosen, of_status
from lib.insight.table import Table, table
from lib.insight.wording import MISSING, grouped
from lib.queries.cases import CASE_DISTRICTS, case_list
from lib.selection import Selection
from lib.views.exhibit import Exhibit

ROWS = 20  # a page
MOST = 10_000  # rows of a file
# In the order people look for them.
LISTED = {status: STATUS_BY_ID[status].label for status in ("overdue", "due_soon", "late")}
assert set(LISTED) == set(ATTENTION)
_FIRST = ("办件编号", "部门", "事项", "地区", "渠道", "受理日期", "承诺办结日期")
_DAYS = {
    "overdue": ("超期天数",),
    "due_soon": ("剩余天数",),
    "late": ("办结日期", "办理天数", "超期天数"),
}
_LAST = ("截止日期", "来源文件")


@dataclass(frozen=True)
class CasePage:
    """A page of cases: `number` of `last`, both from 1; `total` cases in all."""

    number: int
    last: int
    total: int
    table: Table


@lru_cache(maxsize=32)
def case_items(selection: Selection, status: str) -> Mapping[str, int]:
    """Item > how many cases of a status it has, the most first; those of no case left out."""
    counts = of_status(chosen(selection, "items"), status)
    axis, found = counts.axes["item"], dict[str, int]()
    sums = np.bincount(axis.codes, counts.cases, len(axis.names)).astype(np.int64).tolist()
    for (_, item), cases in zip(axis.names, sums, strict=True):
        if cases:
            found[item] = found.get(item, 0) + cases
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))))


def case_page(selection: Selection, status: str, item: str | None, number: int) -> CasePage:
    """A page of the cases of a status (one of LISTED), and of an item, the most pressing first.

    number: from 1; what is too high is the last page
    """
    total = _total(selection, status, item)
    last = max(-(-total // ROWS), 1)
    number = min(max(number, 1), last)
    rows = _rows(selection, status, item, ROWS, (number - 1) * ROWS) if total else []
    return CasePage(number, last, total, _table(status, rows).without("截止日期"))


def listed_cases(selection: Selection, status: str, item: str | None = None) -> Exhibit:
    """The cases of a status, and of an item, for a file: all of them, or the MOST most pressing."""
    total = _total(selection, status, item)
    rows = _rows(selection, status, item, MOST, 0) if total else []
    of = f"{item or ''}{LISTED[status]}"
    cut = f"，只列最紧要的{grouped(MOST)}件，请按部门、地区、事项分次下载" if total > MOST else ""
    return Exhibit(
        f"cases-{status}", f"{of}办件清单", f"{of}的办件共{grouped(total)}件{cut}。", _table(status, rows),
        left_out=total - len(rows),
    )  # fmt: skip


def _total(selection: Selection, status: str, item: str | None) -> int:
    by_item = case_items(selection, status)
    return sum(by_item.values()) if item is None else by_item.get(item, 0)


def _rows(
    selection: Selection, status: str, item: str | None, most: int, skipped: int
) -> list[dict[str, Any]]:
    return case_list(
        selection.release_id, selection.period, status, item=item, most=most, skipped=skipped,
        departments=selection.chosen_departments or DEPARTMENT_IDS,
        districts=selection.chosen_districts or CASE_DISTRICTS,
    )  # fmt: skip


def _table(status: str, rows: list[dict[str, Any]]) -> Table:
    made = (
        (
            row["case_id"], place_name(row["department"]), row["item"], place_name(row["district"]), row["channel"],
            str(row["accepted_on"]), str(row["due_on"]), *_days(status, row), str(row["as_of"]),
            row["source_file"] or MISSING,
        )
        for row in rows
    )  # fmt: skip
    return table((*_FIRST, *_DAYS[status], *_LAST), made)


def _days(status: str, row: dict[str, Any]) -> tuple[str, ...]:
    if status == "late":
        return str(row["finished_on"]), str(row["days"]), str(-row["days_left"])
    return (str(abs(row["days_left"])),)
