"""Problems found in a file, as data: a rule code, a place, the cell's text and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["阻断", "提醒", "说明"]
SEVERITIES: tuple[Severity, ...] = ("阻断", "提醒", "说明")


@dataclass(frozen=True)
class Question:
    """What only a person can decide. `key` is its place in the choices (`choices.Choices`).

    options: (value, label) pairs to pick from; empty where the answer is typed
    """

    key: str
    text: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Issue:
    """One problem. `row` counts lines of the sheet from 1; `column` is the header as written.

    cell:  its address in a workbook, such as C5
    count: how many cells of that column say the same; `row`, `cell` and `text` are of the first
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    text: str = ""
    count: int = 1
    question: Question | None = None

    @property
    def place(self) -> str:
        """Where it is, for people: file, sheet, row, column."""
        parts = [self.file, self.sheet and f"工作表{self.sheet}"]
        more = f"等{self.count}处" if self.count > 1 else ""
        parts += [f"第{self.row}行{more}" if self.row else "", self.column and f"“{self.column}”列"]
        return "，".join(part for part in parts if part)

    def at(self, row: int, column: str = "", cell: str = "", text: str = "") -> Issue:
        """The issue at a row (from 1), a heading and a cell address, with the cell's text."""
        return replace(self, row=row, column=column, cell=cell, text=text or self.text)

    def __str__(self) -> str:
        fix = f"{self.fix}。" if self.fix else ""
        return f"[{self.severity} {self.code}] {self.place}：{self.message}。{fix}"


class RefusedFile(Exception):  # noqa: N818 - the file is at fault, not the program
    """A file that cannot be read any further; `issue` says why."""

    def __init__(self, code: str, message: str, fix: str, row: int | None = None) -> None:
        super().__init__(message)
        self.issue = Issue(code, "阻断", message, fix, row=row)


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Blocking first, then by place in the file."""
    return tuple(
        sorted(issues, key=lambda i: (SEVERITIES.index(i.severity), i.file, i.sheet, i.row or 0))
    )


def located(issues: Iterable[Issue], file: str, sheet: str = "") -> list[Issue]:
    """The issues with the file and sheet they were found in."""
    return [replace(issue, file=file, sheet=issue.sheet or sheet) for issue in issues]
