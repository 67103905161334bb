"""网办预警: warnings and overdue cases by department."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import pyarrow as pa

from lib.catalog.places import place_name
from lib.insight.cells import named, stated
from lib.insight.table import table_of
from lib.insight.wording import number
from lib.queries import stated as ask
from lib.queries.facts import fact_book
from lib.selection import Selection
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit, chart_rows, source_cells

_WARNING_SCHEMA = pa.schema([("部门", pa.string()), ("类别", pa.string()), ("件数", pa.int64())])


@lru_cache(maxsize=64)
def warnings(selection: Selection) -> Exhibit:
    """Warnings and overdue cases by department (件), the largest figure of either kind first."""
    rows = ask.warnings_by_department(
        selection.release_id, selection.period, selection.departments
    ).to_pylist()
    rows.sort(key=lambda row: -max(row["warning"] or 0, row["overdue"] or 0))
    marks = [
        {"部门": place_name(row["department"]), "类别": label, "件数": int(row[measure])}
        for row in rows
        for measure, label in (("warning", "预警"), ("overdue", "超期"))
        if row[measure] is not None
    ]
    book = fact_book(selection.release_id, selection.period)
    figures = [
        {
            "部门": named(row["department"]),
            "预警件数": stated(book.get("warning_count", None, row["department"]), unit=False),
            "超期件数": stated(book.get("overdue_count", None, row["department"]), unit=False),
        }
        for row in rows
    ]
    sources = [figure | source_cells(row) for figure, row in zip(figures, rows, strict=True)]
    warned = sum((row["warning"] for row in rows if row["warning"] is not None), Decimal(0))
    overdue = sum((row["overdue"] for row in rows if row["overdue"] is not None), Decimal(0))
    reading = "所选部门本期没有报送预警或超期件数；没有报送不等于零。"
    if rows:
        reading = f"{len(rows)}个部门报送：预警{number(warned)}件，超期{number(overdue)}件；超期不是预警的一部分，不能相除。"
    columns = ["部门", "预警件数", "超期件数"]
    return Exhibit(
        "warnings",
        "网办预警与超期",
        reading,
        table_of(figures, columns),
        remark="件，累计；超期不是预警的一部分",
        chart="pairs",
        marks=chart_rows(marks, _WARNING_SCHEMA),
        key="部门",
        dimension="department",
        sources=table_of(sources, [*columns, *SOURCE_COLUMNS]),
    )
