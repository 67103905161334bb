"""Tables of cases with a chart beside them, for a meeting; the page has bars in its tables instead."""

from __future__ import annotations

from dataclasses import replace

from lib.catalog.places import place_name
from lib.insight.case_months import months as by_month
from lib.insight.caseload import chosen, ranked
from lib.insight.wording import grouped
from lib.selection import Selection
from lib.views.case_groups import case_groups
from lib.views.case_months import case_months
from lib.views.exhibit import Exhibit, Rows, chart_rows
from lib.views.marks import count_schema, with_room


def department_chart(selection: Selection) -> Exhibit:
    """Cases by department, with a bar for those overdue; departments without any have none."""
    found = ranked(chosen(selection, "standing"), "department")
    return _drawn(
        case_groups(selection, "department"),
        [
            _mark(
                "部门", place_name(name), tally.of("overdue"), f"{grouped(tally.of('overdue'))}件"
            )
            for name, tally in zip(found.names, found.tallies, strict=True)
            if tally.of("overdue")
        ],
    )


def month_chart(selection: Selection) -> Exhibit:
    """Cases by the month of their promised day, with a bar for those that passed it."""
    found = by_month(chosen(selection, "months"))
    return _drawn(
        case_months(selection),
        [
            _mark("承诺办结月份", month.month, month.overdue, f"{grouped(month.overdue)}件")
            for month in found
            if month.overdue
        ],
    )


def _mark(key: str, name: str, cases: int, written: str) -> dict[str, object]:
    return {
        key: name,
        "数值": float(cases),
        "写法": written,
        "类型": "确数",
        "组别": "主",
        "说明": "",
    }


def _drawn(view: Exhibit, marks: Rows) -> Exhibit:
    rows = chart_rows(with_room(marks), count_schema(view.key))
    return replace(view, chart="counts", marks=rows, options=(view.key,))
