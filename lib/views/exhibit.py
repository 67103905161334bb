"""One view: a chart and a table of the same figures, a sentence that reads them, the rows behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import CASES, STATED
from lib.insight.table import Table
from lib.insight.wording import MISSING

Rows = list[dict[str, Any]]
Dimension = Literal["district", "department", ""]
SOURCE_COLUMNS = ("截止日期", "出处", "备注", "来源文件", "来源行")


@dataclass(frozen=True)
class Exhibit:
    """A view as data; what draws it is chosen by name (see `lib/charts`).

    title:     what it is of, for a heading; `remark` adds the unit or what it is not
    reading:   one sentence that says what the chart shows, as text above it
    table:     what people read; every cell text, missing an em dash
    chart:     the kind of chart, empty where a table says it better; `options` are its constants
    marks:     the chart's rows, long form, one a mark; missing figures have no mark
    key:       the column of table, marks and sources that a click picks from
    dimension: what the key names, and so which filter a click may set
    sources:   the released rows behind, one a row
    left_out:  how many more rows there are than the table has
    """

    id: str
    title: str
    reading: str
    table: Table
    remark: str = ""
    chart: str = ""
    marks: pa.Table | None = None
    options: tuple[Any, ...] = ()
    key: str = ""
    dimension: Dimension = ""
    sources: Table | None = None
    left_out: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was stated that it could show."""
        return not self.table.rows

    @property
    def groups(self) -> int:
        """How many bars, or groups of bars, the chart has."""
        if self.marks is None:
            return 0
        return len(set(self.marks[self.key].to_pylist()))

    def head(self, groups: int) -> Exhibit:
        """The same with only the first groups in the chart; table and sources stay whole."""
        return self.part(0, groups)

    def part(self, first: int, groups: int) -> Exhibit:
        """The same with only so many groups in the chart, from number `first` on, counted from 0.

        The rule of the average, which the first mark carries, goes with every part.
        """
        if self.marks is None:
            return self
        names = list(dict.fromkeys(self.marks[self.key].to_pylist()))
        mask = pc.is_in(self.marks[self.key], pa.array(names[first : first + groups]))
        rows = self.marks.filter(mask).to_pylist()
        if first and rows and "基准" in self.marks.column_names:
            rows[0] |= {name: self.marks[name][0].as_py() for name in ("基准", "基准写法")}
        return replace(self, marks=chart_rows(rows, self.marks.schema))


def datasets_of(view: str) -> tuple[str, ...]:
    """The datasets that feed the view of that id: cases, or what was stated."""
    return (CASES.id,) if view.partition("-")[0] in ("case", "cases") else STATED


def source_cells(row: dict[str, Any]) -> dict[str, str]:
    """The closing columns of a released row as text: its date, section, note, file and line."""
    values = (
        row["as_of"].isoformat(),
        row["section"],
        row["note"],
        row["source_file"],
        row["source_row"],
    )
    return {
        label: MISSING if v is None else str(v)
        for label, v in zip(SOURCE_COLUMNS, values, strict=True)
    }


def chart_rows(rows: Rows, schema: pa.Schema) -> pa.Table:
    """The marks of a chart as the Arrow table that travels beside its spec."""
    return pa.Table.from_pylist(rows, schema=schema)
