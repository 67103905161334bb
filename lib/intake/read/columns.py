"""The columns of one table while they are read: what is stored so far, and what was found wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Column
from lib.intake.choices import AS_OF, PERIOD, Choices
from lib.intake.issues import Issue
from lib.intake.locate.texts import Texts
from lib.intake.read.cells import Read
from lib.intake.words.distinct import Distinct, distinct, repeated

_EACH = 200  # cells of one column and rule that are listed one by one
NOTE_ISSUES = {
    "text": Issue("NUMBER_TEXT", "说明", "存成文本的数字，按数字读入"),
    "percent": Issue("PERCENT_CELL", "说明", "百分比单元格，按百分数读入"),
    "rounded": Issue("ROUNDED", "提醒", "单元格里的小数比显示的多，按显示的位数读入", "如需更多位数，请在原表改显示格式"),
    "digits": Issue("DIGITS_LOST", "阻断", "数字超过15位，表格软件已改动末尾", "请把单元格设为文本，重新填写"),
    "formula": Issue("FORMULA_EMPTY", "阻断", "公式没有保存计算结果", "请在Excel或WPS中打开并保存一次，再传；也可粘贴为数值"),
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where a table came from, and what is said around it."""

    file: str
    sheet: str
    sha256: str
    choices: Choices
    until: str = ""  # the words after 截至 in a title or remark
    unit: str = ""  # stated beside the table, for figures with no unit of their own
    amount_unit: str = ""  # the same, for sums of money only


class Columns:
    """One table being read.

    stored:      stored column > its values
    note_parts:  what names say beside themselves, for the note
    period_days: by row, the text of a period that was a day
    units:       by row, the unit of each measure
    """

    def __init__(self, texts: Texts, source: Source) -> None:
        self.texts, self.source, self.dataset = texts, source, texts.dataset
        self.stored: dict[str, pa.Array] = {}
        self.issues: list[Issue] = []
        self.note_parts: list[pa.Array] = []
        self.period_days: pa.Array = self.constant("")
        self.units: list[pa.Array] = []

    def constant(self, text: str, where: np.ndarray | None = None) -> pa.Array:
        """A text in every row, or in the rows of a mask; nulls where the text is empty."""
        return repeated(text, len(self.texts) if where is None else where, self.texts.coded)

    def apply(
        self, column: Column, read: Callable[..., Read], *context: pa.Array
    ) -> Distinct[Read]:
        """Read a column once per distinct text and context, and report what is wrong with it."""
        values = self.texts.column(column.name)
        found = distinct([values, *context], read)
        self.report(column, found, values)
        if column.required and column.name in self.texts.columns:
            self.blanks(column, values)
        return found

    def report(self, column: Column, found: Distinct[Read], values: pa.Array) -> None:
        """The issues of every distinct text, at its rows."""
        if not any(read.issues for read in found.values):
            return
        order = np.argsort(found.codes, kind="stable")
        starts = np.searchsorted(found.codes[order], np.arange(len(found.values) + 1))
        for position, read in enumerate(found.values):
            rows = order[starts[position] : starts[position + 1]]
            for issue in read.issues:
                self.issues += self.placed(issue, column.name, rows, values)

    def placed(
        self, issue: Issue, name: str, rows: np.ndarray, values: pa.Array | None = None
    ) -> Iterable[Issue]:
        """The issue at every row; a remark once, with how many cells share it."""
        once = issue.severity == "说明" or issue.question is not None
        for row in rows[:1] if once else rows[:_EACH]:
            more = (
                len(rows)
                if once
                else (len(rows) - _EACH + 1 if row == rows[:_EACH][-1] and len(rows) > _EACH else 1)
            )
            text = issue.text or ("" if values is None else values[int(row)].as_py() or "")
            yield replace(
                issue, row=int(self.texts.rows[row]), column=self.texts.label(name, row),
                cell=self.texts.address(name, row), text=text, count=more,
            )  # fmt: skip

    def blanks(self, column: Column, values: pa.Array) -> None:
        """Report the empty cells of a required column."""
        if (column.name == PERIOD and self.source.choices.get(PERIOD)) or column.name == AS_OF:
            return
        rows = np.flatnonzero(pc.is_null(values).to_numpy(zero_copy_only=False))
        fix = column.help or "请补填"
        self.issues += self.placed(Issue("EMPTY", "阻断", "这一格不能为空", fix), column.name, rows)

    def notes(self, column: Column) -> None:
        """Report what a workbook's cells of a column hide."""
        if not self.texts.notes:
            return
        found: dict[str, list[int]] = {}
        for row, number in enumerate(self.texts.rows):
            index = self.texts.index(column.name, row)
            note = self.texts.notes.get((int(number) - 1, -1 if index is None else index))
            if note in NOTE_ISSUES:
                found.setdefault(note, []).append(row)
        for hidden, rows in found.items():
            values = self.texts.column(column.name)
            self.issues += self.placed(NOTE_ISSUES[hidden], column.name, np.array(rows), values)
