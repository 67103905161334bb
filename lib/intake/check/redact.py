"""The copy of an upload that is kept: the original without the personal data found in it.

Rows and columns stay where they are, so the copy reads to the same rows as the original.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lib.intake.files.decode import decode
from lib.intake.files.filetype import file_type
from lib.intake.files.grid import delimiter_of, records
from lib.intake.files.limits import Limits
from lib.intake.issues import Issue
from lib.intake.words.privacy import without_numbers

_ADDRESS = re.compile(r"(?P<letters>[A-Z]+)(?P<row>\d+)")
_CODECS = {"UTF-8-BOM": "utf-8-sig", "UTF-8": "utf-8", "UTF-16": "utf-16", "GB18030": "gb18030"}


@dataclass
class _Spots:
    """Of one sheet, from 0: rows to blank, columns to blank below a row, columns to clean."""

    rows: set[int] = field(default_factory=set)
    blanked: dict[int, int] = field(default_factory=dict)
    cleaned: dict[int, int] = field(default_factory=dict)

    def text(self, row: int, column: int, text: str) -> str:
        """What stays of a cell."""
        if row in self.rows or row > self.blanked.get(column, 1 << 30):
            return ""
        return without_numbers(text) if row >= self.cleaned.get(column, 1 << 30) else text


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _spots(issues: Iterable[Issue]) -> dict[str, _Spots]:
    found: dict[str, _Spots] = {}
    for issue in issues:
        if issue.code != "PERSONAL" or issue.row is None:
            continue
        spots, row = found.setdefault(issue.sheet, _Spots()), issue.row - 1
        address = _ADDRESS.fullmatch(issue.cell)
        if address is None:
            spots.rows.add(row)
        elif issue.text:
            column = _index(address["letters"])
            spots.cleaned[column] = min(row, spots.cleaned.get(column, row))
        else:
            spots.blanked[_index(address["letters"])] = row
    return found


def redacted(content: bytes, issues: Iterable[Issue], limits: Limits) -> bytes | None:
    """The file without the personal data its issues name; None where there is none."""
    spots = _spots(issues)
    if not spots:
        return None
    if file_type(content, limits) == "xlsx":
        return _workbook(content, spots)
    return _text(content, spots.get("", _Spots()).text, limits)


def _text(content: bytes, kept: Callable[[int, int, str], str], limits: Limits) -> bytes:
    text, encoding = decode(content, limits)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter_of(text), lineterminator="\r\n")
    for number, row in enumerate(records(text, limits)):
        writer.writerow([kept(number, index, cell) for index, cell in enumerate(row)])
    return out.getvalue().encode(_CODECS[encoding])


def _workbook(content: bytes, spots: dict[str, _Spots]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        found = spots.get(sheet.title, _Spots())
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str):
                    kept = found.text(cell.row - 1, cell.column - 1, cell.value)
                    if kept != cell.value:
                        cell.value = kept or None
                elif cell.value is not None and not found.text(cell.row - 1, cell.column - 1, "x"):
                    cell.value = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
