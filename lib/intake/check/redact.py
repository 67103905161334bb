"""The copy of an upload that is kept: the original without the personal data found in it.

Rows and columns stay where they are, so the copy reads to the same rows as the original.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lib.catalog.places import clean_name
from lib.intake.files.decode import decode
from lib.intake.files.filetype import file_type
from lib.intake.files.grid import delimiter_of, records
from lib.intake.files.limits import Limits
from lib.intake.issues import Issue
from lib.intake.locate.headings import PERSONAL
from lib.intake.words.privacy import REMOVED, without_numbers

_ADDRESS = re.compile(r"(?P<letters>[A-Z]+)(?P<row>\d+)")
_NEVER = 1 << 30
_CODECS = {"UTF-8-BOM": "utf-8-sig", "UTF-8": "utf-8", "UTF-16": "utf-16", "GB18030": "gb18030"}


@dataclass
class _Spots:
    """Of one sheet, from 0: rows to blank, columns to blank below a row, columns to clean."""

    rows: set[int] = field(default_factory=set)
    blanked: dict[int, int] = field(default_factory=dict)
    cleaned: dict[int, int] = field(default_factory=dict)

    def kept(self, row: int, cells: Sequence[str]) -> list[str]:
        """What stays of a row. A line taken out leaves a mark, so that it still ends the table."""
        if row in self.rows:
            first = next((index for index, cell in enumerate(cells) if cell.strip()), -1)
            return [REMOVED if index == first else "" for index in range(len(cells))]
        return [self._text(row, index, cell) for index, cell in enumerate(cells)]

    def _text(self, row: int, column: int, text: str) -> str:
        if row > self.blanked.get(column, _NEVER):
            return text if PERSONAL.match(clean_name(text)) else ""  # a header that comes again
        return without_numbers(text) if row >= self.cleaned.get(column, _NEVER) else text


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
    return _text(content, spots.get("", _Spots()), limits)


def _text(content: bytes, spots: _Spots, limits: Limits) -> bytes:
    text, encoding = decode(content, limits)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter_of(text), lineterminator="\r\n")
    for number, row in enumerate(records(text, limits)):
        writer.writerow(spots.kept(number, row))
    return out.getvalue().encode(_CODECS[encoding])


def _workbook(content: bytes, spots: dict[str, _Spots]) -> bytes:
    """The workbook with results in place of formulas, whose results saving would lose."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.worksheet.header_footer import HeaderFooter

    from lib.intake.files.workbook import opened

    book, formulas = (opened(content, data_only=results) for results in (True, False))
    for sheet, written in zip(book.worksheets, formulas.worksheets, strict=True):
        found = spots.get(sheet.title, _Spots())
        for cells, sources in zip(sheet.iter_rows(), written.iter_rows(), strict=True):
            _clean_row(cells, sources, found)
        sheet.HeaderFooter = HeaderFooter()
    book.properties = DocumentProperties(creator="")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _clean_row(cells: Sequence[Any], sources: Sequence[Any], spots: _Spots) -> None:
    values = [
        source.value if cell.value is None else cell.value
        for cell, source in zip(cells, sources, strict=True)
    ]
    texts = ["" if value is None else str(value) for value in values]
    kept = spots.kept(cells[0].row - 1, texts)
    for cell, value, text, left in zip(cells, values, texts, kept, strict=True):
        if cell.comment:
            cell.comment = None
        if left != text:
            cell.value = left or None
            cell.data_type = "s" if left else "n"  # never a formula
        elif cell.value is None and value is not None:
            cell.value = value  # a formula without a result
