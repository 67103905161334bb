"""Sheets as an .xlsx: titles, frozen headers, filters, widths and print set-up. No word is a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lib.documents.stamp import MISSING_RULE, OPEN, Stamp
from lib.documents.workbook.cells import FIRST, SOURCES, Cell, Formula, Number, Row, Sheet, column
from lib.downloads import safe_text
from lib.insight.wording import MISSING, listed_whole

CONTENTS = "目录"
_FONT = "微软雅黑"
_NARROWEST, _WIDEST, _HASH = 5, 30, 10  # characters of a column
_SHA, _LINE = 64, 14  # characters of a hash, points of a line
_OFF_PAPER = SOURCES[-2:]  # the footer names the release
_A4, _HEAD = 9, FIRST - 1


@dataclass(frozen=True)
class _Book:
    """A workbook being written, and its formats by what they are for."""

    file: Workbook

    @cache  # noqa: B019 - a book lives as long as its writing
    def style(self, **properties: object) -> Format:
        """A format of our type with the given properties, each made once."""
        made: Format = self.file.add_format(
            {"font_name": _FONT, "font_size": 10, "valign": "top", **properties}
        )
        return made


def written(sheets: Sequence[Sheet], stamp: Stamp) -> bytes:
    """The workbook: contents with links first, then every sheet."""
    out = io.BytesIO()
    book = _Book(xlsxwriter.Workbook(out, {"in_memory": True}))
    pages = [
        (book.file.add_worksheet(name), name) for name in (CONTENTS, *(s.name for s in sheets))
    ]
    _contents(book, pages[0][0], sheets, stamp)
    for (page, _), sheet in zip(pages[1:], sheets, strict=True):
        _sheet(book, page, sheet, stamp)
    for page, name in pages:
        _print_as(page, name, stamp)
    book.file.close()
    return out.getvalue()


def _contents(book: _Book, page: Worksheet, sheets: Sequence[Sheet], stamp: Stamp) -> None:
    lines = (
        f"范围：{stamp.scope}", f"{stamp.days}｜版本 {stamp.release.label}", OPEN,
        "浅蓝底的格子是公式，可以核对；其余数字照报送写法，一个不改。", MISSING_RULE,
    )  # fmt: skip
    page.write_string(0, 0, safe_text(f"{stamp.title}数据册"), book.style(bold=True, font_size=18))
    page.set_row(0, 30)
    said = [*([stamp.warning] if stamp.warning else []), *lines]
    for n, text in enumerate(said, 1):
        page.write_string(n, 0, safe_text(text), _remark(book, n == 1 and bool(stamp.warning)))
    head = len(said) + 2
    page.write_row(head, 0, ("表", "内容", "行数"), _header(book))
    for n, sheet in enumerate(sheets, head + 1):
        link = book.style(font_color="#0B5CAB", underline=1, border=1, border_color="#D5DCE5")
        page.write_url(n, 0, f"internal:'{sheet.name}'!A1", link, sheet.name)
        page.write_string(n, 1, sheet.about, _text(book))
        page.write_number(n, 2, len(sheet.rows), _number(book, "0"))
    page.write_string(head + len(sheets) + 1, 0, listed_whole(len(sheets)), _remark(book))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 64)


def _sheet(book: _Book, page: Worksheet, sheet: Sheet, stamp: Stamp) -> None:
    _heading(book, page, sheet, stamp)
    page.write_row(_HEAD - 1, 0, [safe_text(label) for label in sheet.columns], _header(book))
    widths = _widths(sheet)
    for n, row in enumerate(sheet.rows, FIRST - 1):
        _row(book, page, n, row, widths)
    below = FIRST + len(sheet.rows)
    if sheet.closing:
        page.write_string(below, 0, "合计核对（公式，不参加筛选）", book.style(bold=True))
    for n, row in enumerate(sheet.closing, below + 1):
        _row(book, page, n, row, widths)
    last = below + (len(sheet.closing) + 2 if sheet.closing else 1)
    page.write_string(last, 0, listed_whole(len(sheet.rows)) + MISSING_RULE, _remark(book))
    page.autofilter(_HEAD - 1, 0, sheet.last - 1, len(sheet.columns) - 1)
    page.freeze_panes(_HEAD, 1)
    page.repeat_rows(_HEAD - 1)
    for n, width in enumerate(widths):
        page.set_column(n, n, width)
    printed = len(sheet.columns) - (len(_OFF_PAPER) if sheet.columns[-2:] == _OFF_PAPER else 0)
    page.print_area(0, 0, last, printed - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:{column(len(sheet.columns))}{last + 1}"})


def _heading(book: _Book, page: Worksheet, sheet: Sheet, stamp: Stamp) -> None:
    """Title with the way back, scope and release, what is to be known; all above the header."""
    page.write_string(0, 0, f"{stamp.period}{sheet.name}", book.style(bold=True, font_size=14))
    back = book.style(font_color="#0B5CAB", underline=1)
    page.write_url(1, 0, f"internal:'{CONTENTS}'!A1", back, "回到目录")
    scope = "｜".join(filter(None, (stamp.warning, f"范围：{stamp.scope}", stamp.foot)))
    page.write_string(2, 0, safe_text(scope), _remark(book, bool(stamp.warning)))
    page.write_string(3, 0, safe_text("".join(sheet.remarks)), _remark(book))


def _row(book: _Book, page: Worksheet, at: int, row: Row, widths: Sequence[float]) -> None:
    """A line, as high as its longest text needs."""
    whole = [ceil(_length(cell) / (width - 1)) for cell, width in zip(row, widths, strict=True)]
    lines = max(n for n, cell in zip(whole, row, strict=True) if not _is_hash(cell))
    page.set_row(at, _LINE * lines + 3)
    for n, cell in enumerate(row):
        _cell(book, page, at, n, cell)


def _cell(book: _Book, page: Worksheet, at: int, n: int, cell: Cell) -> None:
    match cell:
        case Number():
            page.write_number(at, n, float(cell.value), _number(book, cell.form))
        case Formula():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            page.write_formula(at, n, f"={cell.text}", _number(book, cell.form, "#E4ECF5"), value)
        case _ if _is_hash(cell):
            page.write_string(at, n, cell, _cut(book))
        case _:
            page.write_string(at, n, safe_text(cell), _text(book, cell == MISSING))


def _is_hash(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) == _SHA and cell.isalnum()


def _print_as(page: Worksheet, name: str, stamp: Stamp) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(1)
    page.set_header(f"&L{_plain(stamp.title)}　{_plain(name)}&R{_plain(stamp.warning) or OPEN}")
    page.set_footer(f"&L{_plain(stamp.foot)}&R第&P页，共&N页")


def _plain(text: str) -> str:
    """A text in a header or footer, where & begins a code."""
    return text.replace("&", "&&")


def _header(book: _Book) -> Format:
    return book.style(bold=True, bg_color="#0B5CAB", font_color="#FFFFFF", border=1, text_wrap=True)


def _text(book: _Book, missing: bool = False) -> Format:
    place = "center" if missing else "left"
    return book.style(num_format="@", border=1, border_color="#D5DCE5", text_wrap=True, align=place)


def _cut(book: _Book) -> Format:
    """For texts nobody reads on paper: one line, what does not fit is not shown."""
    return book.style(num_format="@", border=1, border_color="#D5DCE5", align="fill")


def _number(book: _Book, form: str, ground: str = "") -> Format:
    fill = {"bg_color": ground} if ground else {}
    return book.style(num_format=form, border=1, border_color="#D5DCE5", align="right", **fill)


def _remark(book: _Book, loud: bool = False) -> Format:
    return book.style(font_color="#B3261E" if loud else "#56616F", bold=loud)


def _widths(sheet: Sheet) -> list[float]:
    rows = (*sheet.rows, *sheet.closing)
    return [_width(label, [row[n] for row in rows]) for n, label in enumerate(sheet.columns)]


def _width(label: str, cells: Sequence[Cell]) -> float:
    """As wide as its texts, within limits; a heading may stand in two lines, a hash is cut."""
    if label == "SHA-256":
        return _HASH
    widest = max((_length(cell) for cell in cells), default=0)
    return min(_WIDEST, max(_NARROWEST, widest, _length(label) / 2 + 1) + 1.5)


def _length(cell: Cell) -> int:
    """How wide a cell is: a Chinese character takes two."""
    text = (
        cell
        if isinstance(cell, str)
        else f"{cell.value:.8}"
        if isinstance(cell.value, Decimal)
        else cell.value
    )
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
