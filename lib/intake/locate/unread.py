"""Personal data in what is not read: it stays out of the copy that is kept all the same."""

from __future__ import annotations

from collections.abc import Iterable

from lib.intake.files.grid import Grid, column_letter
from lib.intake.issues import Issue
from lib.intake.locate.layout import Layout
from lib.intake.words.privacy import holds_number, is_personal, without_numbers

_FIX = "请不要在报送文件里写个人信息"


def unread_columns(layout: Layout) -> list[int]:
    """The columns of a table that nothing is read from."""
    read = {*layout.meanings, *layout.roles, *layout.personal}
    return [index for index in range(len(layout.headings)) if index not in read]


def unread_numbers(grid: Grid, layout: Layout, totals: Iterable[int]) -> list[Issue]:
    """Telephone and identity numbers in columns not read, and in rows of totals."""
    top = layout.bottom + 1
    issues = []
    for index in unread_columns(layout):
        if any(index < len(row) and holds_number(row[index]) for row in grid.rows[top:]):
            issue = Issue("PERSONAL", "提醒", "这一列有电话或身份证号，没有读入，也不留存", _FIX)
            issues.append(issue.at(top, layout.label(index), f"{column_letter(index)}{top}"))
    for number in totals:
        for index, text in enumerate(grid.rows[number]):
            if holds_number(text):
                issue = Issue("PERSONAL", "提醒", "合计行里有电话或身份证号，已略去，不留存", _FIX)
                address = f"{column_letter(index)}{number + 1}"
                issues.append(
                    issue.at(number + 1, layout.label(index), address, without_numbers(text))
                )
    return issues


def personal_rows(grid: Grid) -> list[Issue]:
    """The rows of a sheet that is not read which hold personal data."""
    message = "没有读入的工作表里有个人信息，已略去，不留存"
    return [
        Issue("PERSONAL", "提醒", message, _FIX, sheet=grid.name, row=number)
        for number, row in enumerate(grid.rows, start=1)
        if is_personal(" ".join(row))
    ]
