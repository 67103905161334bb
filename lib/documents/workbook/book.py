"""数据册: every sheet of a selection in one workbook."""

from __future__ import annotations

from lib.documents.repeatable import repeatable
from lib.documents.stamp import stamp
from lib.documents.workbook.cells import Sheet
from lib.documents.workbook.checks import check_sheet
from lib.documents.workbook.lists import count_sheet, highlight_sheet, meaning_sheet, roster_sheet
from lib.documents.workbook.long import figure_sheets
from lib.documents.workbook.wide import centers_sheet, staff_sheet, warnings_sheet
from lib.documents.workbook.writer import written
from lib.selection import Selection


def sheets(selection: Selection) -> list[Sheet]:
    """Every sheet in order."""
    members = roster_sheet(selection)
    return [
        centers_sheet(selection),
        staff_sheet(selection),
        warnings_sheet(selection),
        *figure_sheets(selection),
        members,
        count_sheet(selection, members),
        highlight_sheet(selection),
        check_sheet(selection),
        meaning_sheet(selection),
    ]


def workbook_xlsx(selection: Selection) -> bytes:
    """数据册 for a selection: numbers, live totals and the source of every line.

    The same selection always gives the same bytes. Raises UnknownReleaseError.
    """
    own = stamp(selection)
    content = written(sheets(selection), own)
    return repeatable(content, f"{own.title}数据册", own.release.created_at)
