"""Upload templates made from the declarations, empty or filled with released rows.

What is filled in here is read back by this package without a word: a template holds the texts
as they were written, not what they were understood as.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import xlsxwriter

from lib.catalog.datasets import EXAMPLE, GUIDE, LISTS, Column, Dataset
from lib.catalog.indicators import INDICATORS
from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.outline import SECTIONS
from lib.catalog.places import CITY, CITY_LEVEL, DEPARTMENTS, DISTRICTS, LEVEL_BY_ID, LEVELS
from lib.catalog.qualifiers import QUALIFIERS, with_qualifier
from lib.catalog.rosters import ROSTER_BY_ID, ROSTERS
from lib.downloads import csv_file, safe_text

_ROWS = 500
_CHOICES: dict[str, Sequence[str]] = {
    "district": [place.name for place in (CITY, CITY_LEVEL, *DISTRICTS)],
    "department": [CITY.name, *(department.name for department in DEPARTMENTS)],
    "level": [level.tier for level in LEVELS],
    "metric": [indicator.name for indicator in INDICATORS],
    "roster": [roster.name for roster in ROSTERS],
    "qualifier": QUALIFIERS,
    "flag": ["是", "否"],
    "section": list(SECTIONS),
}


def labels(dataset: Dataset) -> list[str]:
    """The header line of a template."""
    return [column.label for column in dataset.columns]


# released rows as template rows


def _cell(column: Column, row: dict[str, Any], apart: bool) -> str:
    name = column.name
    match column.kind:
        case "measure":
            qualifier = None if apart else row[f"{name}_qualifier"]
            return with_qualifier(row[f"{name}_text"] or "", qualifier)
        case "qualifier":
            return row["value_qualifier"] or ""
        case "district" | "department" | "member":
            return row[f"{name}_text"] or ""
    value = row[name]
    if value is None:
        return ""
    return _WORDS.get(column.kind, str)(value)


_WORDS: dict[str, Callable[[Any], str]] = {
    "level": lambda value: LEVEL_BY_ID[value].tier,
    "metric": lambda value: METRIC_BY_ID[value].name,
    "roster": lambda value: ROSTER_BY_ID[value].name,
    "flag": lambda value: "是" if value else "否",
    "date": dt.date.isoformat,
}


def template_rows(dataset: Dataset, table: pa.Table) -> list[list[str]]:
    """Stored rows as the lines of a filled-in template, in source order."""
    apart = any(column.kind == "qualifier" for column in dataset.columns)
    rows = table.to_pylist()
    return [[_cell(column, row, apart) for column in dataset.columns] for row in rows]


# files


def csv_template(dataset: Dataset, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """The header line and the given rows, UTF-8 with BOM so that a spreadsheet opens it right."""
    return csv_file(labels(dataset), rows)


def gb18030_template(dataset: Dataset, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """The same for old programs that know no UTF-8."""
    return csv_template(dataset, rows).decode("utf-8-sig").encode("gb18030")


def _help(column: Column) -> str:
    unit = f"单位：{column.unit}。" if column.unit else ""
    return ("必填。" if column.required else "") + unit + column.help


def xlsx_template(dataset: Dataset, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A workbook: the table with drop-down lists and notes, what each column wants, an example."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#DCE8F5", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet, guide, example, lists = (
        book.add_worksheet(name) for name in (dataset.name, GUIDE, EXAMPLE, LISTS)
    )
    guide.write_row(0, 0, ["列", "必填", "单位", "填写要求", "示例"], bold)
    guide.set_column(0, 2, 12)
    guide.set_column(3, 4, 50)
    for index, column in enumerate(dataset.columns):
        shown = dataset.example[index]
        for page in (sheet, example):
            page.write_string(0, index, column.label, bold)
            page.set_column(index, index, max(10, 2 * len(column.label) + 4), text)
        example.write_string(1, index, shown, text)
        required = "必填" if column.required else ""
        guide.write_row(index + 1, 0, [column.label, required, column.unit, column.help, shown])
        if _help(column):
            sheet.write_comment(0, index, _help(column), {"x_scale": 1.6})
        choices = column.options or _CHOICES.get(column.kind)
        if choices:
            lists.write_column(0, index, choices)
            letter = xlsxwriter.utility.xl_col_to_name(index)
            source = f"={LISTS}!${letter}$1:${letter}${len(choices)}"
            last = max(_ROWS, len(rows))
            sheet.data_validation(1, index, last, index, {"validate": "list", "source": source})
    for number, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            if cell:
                sheet.write_string(number, index, safe_text(cell), text)
    lists.hide()
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
