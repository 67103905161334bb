"""Problems found in a file, as data: a rule code, a place, the cell's text and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["阻断", "提醒", "说明"]


@dataclass(frozen=True)
class Issue:
    """One problem. `row` counts lines of the file from 1; `column` is the header as written."""

    code: str
    severity: Severity
    message: str
    fix: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    text: str = ""

    def __str__(self) -> str:
        place = [self.file, self.sheet and f"工作表{self.sheet}"]
        place += [f"第{self.row}行" if self.row else "", self.column and f"“{self.column}”列"]
        where = "，".join(part for part in place if part)
        return f"[{self.severity} {self.code}] {where}：{self.message}。{self.fix}"
