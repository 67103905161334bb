"""XLSX sheets to grids: what a person sees in each cell, and what the cell hides."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lib.intake.files.grid import CellNote, Grid, too_many_rows
from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile

_DECIMALS = re.compile(r"0\.(0+)")
# Of a number format: text in quotes, a character shown as it is, a colour or condition.
_LITERAL = re.compile(r'"[^"]*"|[\\!].|[_*].|\[[^\]]*\]')
_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_SIGNS = re.compile(r"百万|千万|[%万亿]")
_FORMULA = re.compile(rb"<f[ >/]")
_PLAIN_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
_EXACT_DIGITS = 15
_MOST_EMPTY = 500_000  # cells of a sheet that hold nothing
_MOST_DECIMALS = 10  # that a format is believed to show
_ESCAPED = re.compile(r"_x00(09|0A|0D|5F)_", re.IGNORECASE)  # how XML holds what it cannot


def workbook_grids(content: bytes, limits: Limits) -> list[Grid]:
    """Every worksheet, hidden ones too, in order. Raises RefusedFile where it cannot be read."""
    values = opened(content, data_only=True)
    formulas = opened(content, data_only=False) if _has_formulas(content) else values
    if len(values.worksheets) > limits.sheets:
        message = f"工作簿里有{len(values.worksheets)}个工作表，上限{limits.sheets}个"
        raise RefusedFile("FILE_SIZE", message, "请只保留要报送的工作表")
    pairs = zip(values.worksheets, formulas.worksheets, strict=True)
    return [_grid(sheet, written, limits) for sheet, written in pairs]


def opened(content: bytes, data_only: bool) -> Any:
    """The workbook, its cells as values or as formulas. Raises RefusedFile where it is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # parts openpyxl does not keep; only cells are read here
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl and its XML parsers raise most of the built-in kinds
        fix = "请在Excel或WPS中打开检查，另存为“.xlsx”后再传"
        raise RefusedFile("FILE_DAMAGED", "工作簿已损坏，打不开", fix) from error


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _grid(sheet: Worksheet, written: Worksheet, limits: Limits) -> Grid:
    height, width = sheet.max_row or 0, sheet.max_column or 0
    # Before any cell is touched: one far-off cell would make a grid of millions.
    if width > limits.columns:
        message = f"工作表{sheet.title}有{width}列，上限{limits.columns}列"
        raise RefusedFile("FILE_SIZE", message, "请删去数据以外的单元格")
    if height > limits.rows or height * width > limits.rows * 20:
        raise too_many_rows(limits)
    held = len(sheet._cells)
    if height * width > _MOST_EMPTY + held * 20:
        message = f"工作表{sheet.title}只有{held}格有内容，却写到了第{height}行第{width}列"
        raise RefusedFile("FILE_SIZE", message, "请删去离数据很远的单元格")
    rows: list[list[str]] = []
    notes: dict[tuple[int, int], CellNote] = {}
    both = zip(sheet.iter_rows(), written.iter_rows(), strict=True)
    for r, (cells, sources) in enumerate(both):
        row: list[str] = []
        for c, (cell, source) in enumerate(zip(cells, sources, strict=True)):
            text, note = _cell(cell, source)
            row.append(text)
            if note:
                notes[r, c] = note
        rows.append(row)
    merged = tuple(
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    )
    return Grid(sheet.title, rows, notes, merged, _hidden(sheet))


def _hidden(sheet: Worksheet) -> tuple[str, ...]:
    found = [] if sheet.sheet_state == "visible" else ["工作表"]
    found += [f"第{number}行" for number, row in sheet.row_dimensions.items() if row.hidden]
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            last = get_column_letter(column.max) if column.max else letter
            found.append(f"{letter}列" if last == letter else f"{letter}至{last}列")
    return tuple(found)


def _cell(cell: Any, source: Any) -> tuple[str, CellNote | None]:
    """What a cell shows, and what that does not tell."""
    value = cell.value
    if value is None:
        unfinished = isinstance(source, Cell) and source.data_type == "f"
        return "", "formula" if unfinished else None
    if isinstance(value, bool):
        return ("是" if value else "否"), None
    if isinstance(value, dt.datetime | dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return day.isoformat(), "date"
    if isinstance(value, int | float) and not is_date_format(cell.number_format):
        return _number(value, cell.number_format)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    as_text = cell.number_format == "General" and _PLAIN_NUMBER.fullmatch(text.strip())
    return text, "text" if as_text else None


def _number(value: float, pattern: str) -> tuple[str, CellNote | None]:
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return str(value), None
    if len(exact.as_tuple().digits) > _EXACT_DIGITS or abs(exact) >= 10**_EXACT_DIGITS:
        return f"{exact:f}", "digits"
    section = _LITERAL.sub("", pattern).split(";")[0]
    percent, sign = "%" in section, _sign(pattern)
    if percent:
        exact *= 100
    shown = _as_shown(exact, section)
    note: CellNote | None = "percent" if percent or sign == "%" else None
    if shown != exact:
        note = "rounded"
    return f"{shown:f}" + ("%" if percent else sign), note


def _sign(pattern: str) -> str:
    """What a format writes beside the number and changes its meaning: a plain %, 万 or 亿."""
    first = re.match(rf"(?:{_LITERAL.pattern}|[^;])*", pattern)
    section = first.group() if first else ""
    if _THOUSANDS.search(_LITERAL.sub("", section)):
        return ""  # shown in thousands: the cell holds the whole number
    written = "".join(text for text in _LITERAL.findall(section) if text[0] in '"\\!')
    found = _SIGNS.search(written + _LITERAL.sub("", section).replace("%", ""))
    return found.group() if found else ""


def _as_shown(value: Decimal, section: str) -> Decimal:
    """The number with the decimals its format shows, halves up; General shows what there is."""
    decimals = _DECIMALS.search(section)
    if decimals and len(decimals[1]) <= _MOST_DECIMALS:
        return value.quantize(Decimal(1).scaleb(-len(decimals[1])), ROUND_HALF_UP)
    if "0" in section and section != "General":
        return value.quantize(Decimal(1), ROUND_HALF_UP)
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal
