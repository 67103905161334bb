"""One table as an .xlsx to download."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from lib.downloads import safe_text

_NUMBER = re.compile(r"-?\d{1,15}(?:\.(\d+))?(%?)")
_WIDEST = 48  # characters of a column


def workbook(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[str]
) -> bytes:
    """One table as an .xlsx: title, notes, header and rows; plain figures become numbers.

    85.40% becomes 0.854 shown with two decimals; <70% and 约2万 stay as written.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = re.sub(r"[\[\]:*?/\\]", "", title)[:31] or "数据"
    sheet.append([safe_text(title)])
    sheet["A1"].font = Font(bold=True, size=14)
    for note in notes:
        sheet.append([safe_text(note)])
        sheet.cell(sheet.max_row, 1).font = Font(color="56616F", size=10)
    sheet.append([safe_text(label) for label in columns])
    head = sheet.max_row
    for cell in sheet[head]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E4ECF5")
    sheet.freeze_panes = f"A{head + 1}"
    last, widths = head, [_width(label) for label in columns]
    for row in rows:
        for index, text in enumerate(row, 1):
            cell = sheet.cell(last + 1, index)
            cell.value, cell.number_format = _typed(str(text))
            cell.alignment = Alignment(vertical="top", wrap_text=_width(text) > _WIDEST)
            widths[index - 1] = max(widths[index - 1], _width(text))
        last += 1
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = min(width, _WIDEST) + 3
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(text: str) -> tuple[str | Decimal, str]:
    """A cell's value and its number format."""
    found = _NUMBER.fullmatch(text)
    if not found or (text[0] == "0" and text[1:2].isdigit()):
        return safe_text(text), "@"
    places = "." + "0" * len(found[1]) if found[1] else ""
    number = Decimal(text.rstrip("%"))
    return (number / 100, f"0{places}%") if found[2] else (number, f"0{places}")


def _width(text: str) -> int:
    """How wide a text is in a spreadsheet: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
