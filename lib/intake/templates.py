"""Upload templates, made from the dataset declarations: an empty CSV or a workbook with lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from lib.catalog.datasets import Column, Dataset
from lib.catalog.indicators import INDICATORS
from lib.catalog.outline import SECTIONS
from lib.catalog.places import CITY, CITY_LEVEL, DEPARTMENTS, DISTRICTS, LEVELS
from lib.catalog.rosters import ROSTERS
from lib.intake.numbers import QUALIFIERS

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


def csv_template(dataset: Dataset) -> bytes:
    """The header line alone, UTF-8 with BOM so that Excel opens it right."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([column.label for column in dataset.columns])
    return out.getvalue().encode("utf-8-sig")


def _help(column: Column) -> str:
    return ("必填。" if column.required else "") + column.help


def xlsx_template(dataset: Dataset) -> bytes:
    """A workbook: the empty table with drop-down lists, and a sheet that explains each column."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#DCE8F5", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet, guide, lists = (book.add_worksheet(n) for n in (dataset.name, "填写说明", "选项"))
    guide.write_row(0, 0, ["列", "填写要求"], bold)
    guide.set_column(0, 0, 14)
    guide.set_column(1, 1, 70)
    for index, column in enumerate(dataset.columns):
        sheet.write(0, index, column.label, bold)
        sheet.set_column(index, index, max(10, 2 * len(column.label) + 4), text)
        guide.write_row(index + 1, 0, [column.label, _help(column)])
        choices = _CHOICES.get(column.kind)
        if choices:
            lists.write_column(0, index, choices)
            name = xlsxwriter.utility.xl_col_to_name(index)
            source = f"=选项!${name}$1:${name}${len(choices)}"
            sheet.data_validation(1, index, _ROWS, index, {"validate": "list", "source": source})
    lists.hide()
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
