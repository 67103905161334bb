"""The copy of an upload that is kept: the original without the personal data found in it.

Rows and columns stay where they are, so the copy reads to the same rows as the original.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lib.catalog.places import clean_name
from lib.intake.files.decode import decode
from lib.intake.files.filetype import file_type
from lib.intake.files.grid import delimiter_of, records
from lib.intake.files.limits import Limits
from lib.intake.issues import Issue, RefusedFile
from lib.intake.locate.headings import PERSONAL
from lib.intake.words.privacy import REMOVED, holds_number, without_numbers

_ADDRESS = re.compile(r"(?P<letters>[A-Z]+)(?P<row>\d+)")
_FIGURE = re.compile(r"[+-]?[\d,]+(?:\.\d+)?[%％]?")
_COMMENTS = re.compile(r"xl/(?:comments|threadedComments|persons)", re.IGNORECASE)
_PROPERTIES = "docProps/core.xml"
_SAVED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_AUTHOR = re.compile(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]+)<")
_PROGRAMS = {
    "",
    "openpyxl",
    "xlsxwriter",
    "apache poi",
    "microsoft office user",
    "wps office",
    "wps_office",
    "user",
    "admin",
    "administrator",
}
_CODECS = {"UTF-8-BOM": "utf-8-sig", "UTF-8": "utf-8", "UTF-16": "utf-16", "GB18030": "gb18030"}


@dataclass(frozen=True)
class Known:
    """Of a recognised sheet, from 0: columns of codes, kept as they are, and columns of figures."""

    codes: frozenset[int] = frozenset()
    figures: frozenset[int] = frozenset()

    def text(self, column: int, text: str) -> str:
        """A cell without the numbers of people."""
        if column in self.codes or (column in self.figures and _FIGURE.fullmatch(text)):
            return text
        return without_numbers(text)


@dataclass
class _Spots:
    """Of one sheet, from 0: rows to blank, columns to blank below a row; or all of it."""

    known: Known
    rows: set[int] = field(default_factory=set)
    blanked: dict[int, int] = field(default_factory=dict)
    whole: bool = False

    def text(self, row: int, column: int, text: str) -> str:
        """What stays of a cell."""
        if self.whole or row in self.rows:
            return ""
        if row > self.blanked.get(column, 1 << 30):  # a header that comes again stays one
            return text if PERSONAL.match(clean_name(text)) else ""
        return self.known.text(column, text)


Sheets = Mapping[str, Known]


def holds_personal(rows: Iterable[Sequence[str]], known: Known | None) -> bool:
    """Whether a cell holds a number; of a sheet not recognised also whether it heads one."""
    if known is None:
        return any(holds_number(c) or PERSONAL.match(clean_name(c)) for row in rows for c in row)
    return any(known.text(index, cell) != cell for row in rows for index, cell in enumerate(row))


def has_comments(content: bytes) -> bool:
    """Whether a workbook has comments on its cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(_COMMENTS.match(name) for name in archive.namelist())


def names_author(content: bytes) -> bool:
    """Whether a workbook says who made or saved it, and not only with which program."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if _PROPERTIES not in archive.namelist():
            return False
        found = _AUTHOR.findall(archive.read(_PROPERTIES).decode("utf-8", "replace"))
    return any(name.strip().lower() not in _PROGRAMS for name in found)


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _spots(issues: Iterable[Issue], sheets: Sheets) -> dict[str, _Spots]:
    found = {name: _Spots(known) for name, known in sheets.items()}
    for issue in issues:
        if issue.code != "PERSONAL" or issue.row is None:
            continue
        spots, row = found.setdefault(issue.sheet, _Spots(Known())), issue.row - 1
        address = _ADDRESS.fullmatch(issue.cell)
        if address is None:
            spots.rows.add(row)
        elif not issue.text:
            spots.blanked[_index(address["letters"])] = row
    return found


def redacted(
    content: bytes, issues: Iterable[Issue], sheets: Sheets, limits: Limits
) -> bytes | None:
    """The file without personal data; None where there is none.

    sheets: the recognised ones, by name; a text file's is ""
    """
    spots = _spots(issues, sheets)
    if file_type(content, limits) == "xlsx":
        return _workbook(content, spots)
    return _text(content, spots.get("", _Spots(Known())).text, limits)


def _text(content: bytes, kept: Callable[[int, int, str], str], limits: Limits) -> bytes | None:
    text, encoding = decode(content, limits)
    out, changed = io.StringIO(), False
    writer = csv.writer(out, delimiter=delimiter_of(text), lineterminator="\r\n")
    for number, row in enumerate(records(text, limits)):
        left = [kept(number, index, cell) for index, cell in enumerate(row)]
        if (
            not any(left)
            and (first := next((i for i, cell in enumerate(row) if cell), None)) is not None
        ):
            left[first] = REMOVED  # what follows a signature stays below it when read again
        changed = changed or left != row
        writer.writerow(left)
    return out.getvalue().encode(_CODECS[encoding]) if changed else None


def _workbook(content: bytes, spots: dict[str, _Spots]) -> bytes | None:
    from lib.intake.files.workbook import opened

    changed = has_comments(content) or names_author(content)
    book = opened(content, data_only=True)  # a result outlives its formula
    for sheet in book.worksheets:
        changed = _cleaned(sheet, spots.get(sheet.title)) or changed
    return _saved(book) if changed and book.worksheets else None


def _saved(book: Any) -> bytes:
    book.properties.creator = book.properties.lastModifiedBy = None
    if all(sheet.sheet_state != "visible" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"  # a workbook needs one
    out = io.BytesIO()
    try:
        book.save(out)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl reads more than it can write
        message = "工作簿里有个人信息，但无法另存一份略去它的副本"
        raise RefusedFile("FILE_DAMAGED", message, "请删去个人信息和批注，另存后再传") from error
    return _undated(out.getvalue())


def _undated(content: bytes) -> bytes:
    """A zip without the time it was made, so that the same file always gives the same copy."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            part = _SAVED.sub(b"", part) if name == _PROPERTIES else part
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cleaned(sheet: Any, spots: _Spots | None) -> bool:
    """Take personal data and comments out of a sheet; whether there was any in its cells."""
    if spots is None:  # not recognised: nothing tells which of its cells are of a person
        rows = ([str(c.value or "") for c in cells] for cells in sheet.iter_rows())
        spots = _Spots(Known(), whole=holds_personal(rows, None))
    changed, marked = False, set[int]()
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.comment is not None:
                cell.comment = None
            if cell.value is None:
                continue
            text = str(cell.value)
            kept = spots.text(cell.row - 1, cell.column - 1, text)
            if kept != text:
                mark = REMOVED if cell.row - 1 in spots.rows and cell.row not in marked else None
                marked.add(cell.row)
                cell.value, changed = kept or mark, True
                cell.data_type = "s" if cell.value else "n"  # never a formula
    return changed
