"""What a snapshot page shows: a chart and a table of the same figures, and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from lib.insight.table import Table
from lib.insight.wording import MISSING

Rows = list[dict[str, Any]]
SOURCE_COLUMNS = ("截止日期", "出处", "备注", "来源文件", "来源行")


@dataclass(frozen=True)
class Snapshot:
    """A chart and a table of the same figures.

    chart:   long form, one row a mark; missing figures have no mark
    table:   what people read; every cell text, missing an em dash
    sources: the released rows behind, one a row; `key` names the column charts are clicked on
    reading: one sentence that says what the chart shows
    """

    chart: pa.Table
    table: Table
    sources: Table
    key: str
    reading: str

    @property
    def groups(self) -> int:
        """How many bars, or groups of bars, the chart has."""
        return len(set(self.chart[self.key].to_pylist()))

    def head(self, groups: int) -> Snapshot:
        """The same with only the first groups in the chart; table and sources stay whole."""
        kept = list(dict.fromkeys(self.chart[self.key].to_pylist()))[:groups]
        mask = pa.compute.is_in(self.chart[self.key], pa.array(kept))
        return replace(self, chart=self.chart.filter(mask))


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
