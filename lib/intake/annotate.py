"""Problems handed back: as the sender's own workbook with coloured, commented cells, and as a CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import PurePath

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lib.downloads import csv_file, safe_text
from lib.intake.files.decode import decode
from lib.intake.files.filetype import file_type
from lib.intake.files.grid import text_grid
from lib.intake.files.limits import Limits
from lib.intake.files.workbook import opened
from lib.intake.issues import Issue, RefusedFile

COLUMNS = (
    "严重程度",
    "规则",
    "文件",
    "工作表",
    "行",
    "列",
    "单元格",
    "格内文字",
    "问题",
    "建议",
    "处数",
)
_LIST = "问题清单"
_FILLS = {"阻断": "F6C7C3", "提醒": "FFE8A3", "说明": "D6E8FA"}
_WIDTHS = (9, 18, 24, 12, 7, 16, 9, 20, 50, 40, 7)
_MOST_COMMENTS = 5_000


def issue_rows(issues: Sequence[Issue]) -> list[tuple[str, ...]]:
    """One row of text an issue, in the order of `COLUMNS`."""
    return [
        (
            i.severity, i.code, i.file, i.sheet, str(i.row or ""), i.column, i.cell, i.text,
            i.message, i.fix, str(i.count),
        )
        for i in issues
    ]  # fmt: skip


def issues_csv(issues: Sequence[Issue]) -> bytes:
    """Every issue as a CSV row."""
    return csv_file(COLUMNS, issue_rows(issues))


def annotated_name(file: str) -> str:
    """The download name for an annotated file."""
    return f"{PurePath(file).stem}-批注.xlsx"


def annotated(content: bytes, issues: Sequence[Issue], limits: Limits) -> bytes:
    """The original as a workbook, cells with issues coloured and commented, all issues on a sheet.

    A file that cannot be read gives the list alone.
    """
    book = _original(content, limits)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    marked: set[tuple[str, str]] = set()
    for issue in issues[:_MOST_COMMENTS]:
        sheet = sheets.get(issue.sheet) or (
            book.worksheets[0] if not issue.sheet and sheets else None
        )
        if sheet is not None and issue.row:
            _mark(sheet, issue, marked)
    _list(book, issues)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _original(content: bytes, limits: Limits) -> Workbook:
    try:
        if file_type(content, limits) == "xlsx":
            book: Workbook = opened(content, data_only=False)
            return book
        grid = text_grid(decode(content, limits)[0], limits)
    except RefusedFile:
        return _blank(Workbook())
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "原文件"
    for number, row in enumerate(grid.rows, start=1):
        for index, text in enumerate(row, start=1):
            cell = sheet.cell(number, index)
            cell.value = text or None
            if text:
                cell.data_type = "s"  # never a formula
    return book


def _blank(book: Workbook) -> Workbook:
    book.remove(book.worksheets[0])
    return book


def _mark(sheet: Worksheet, issue: Issue, marked: set[tuple[str, str]]) -> None:
    """Comment and colour an issue's cell; the sender's own comment stays above."""
    cell = sheet[issue.cell or f"A{issue.row}"]
    if cell.__class__.__name__ == "MergedCell":
        area = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
        cell = sheet.cell(area.min_row, area.min_col)
    words = f"[{issue.severity} {issue.code}] {issue.message}" + (
        f"。{issue.fix}" if issue.fix else ""
    )
    earlier = cell.comment.text + "\n" if cell.comment else ""
    cell.comment = Comment(earlier + words, "通报台", height=120, width=320)
    place = (sheet.title, cell.coordinate)
    if issue.severity == "阻断" or place not in marked:
        cell.fill = PatternFill("solid", start_color=_FILLS[issue.severity])
    marked.add(place)


def _list(book: Workbook, issues: Sequence[Issue]) -> None:
    sheet = book.create_sheet(_LIST, 0 if not book.worksheets else None)
    sheet.append(COLUMNS)
    for row in issue_rows(issues):
        sheet.append([safe_text(text) for text in row])
        sheet.cell(sheet.max_row, 1).fill = PatternFill("solid", start_color=_FILLS[row[0]])
    for index, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.cell(1, index).font = Font(bold=True)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
