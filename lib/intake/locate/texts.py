"""A located table as columns of text: one row a record of the dataset, wide tables made long.

Every text keeps its place in the sheet, so that a problem can be shown where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Dataset
from lib.intake.choices import Choices
from lib.intake.files.grid import CellNote, Grid, column_letter
from lib.intake.locate.layout import ROW_MEASURE, Layout, measure_named
from lib.intake.words.distinct import is_coded, repeated

Positions = np.ndarray | int


@dataclass(frozen=True)
class Texts:
    """Columns of one dataset as text arrays of equal length; an absent column is absent here.

    The columns of a large table are dictionaries, all but those whose texts hardly repeat.

    at:     column > where its cells stand: sheet column numbers from 0, one or one per row
    rows:   sheet row numbers from 1
    labels: heading by sheet column; units: column > the unit its heading states, by row
    notes:  (row, column) from 0 > what the text does not show
    """

    dataset: Dataset
    columns: dict[str, pa.Array]
    at: dict[str, Positions]
    rows: np.ndarray
    labels: Sequence[str]
    units: dict[str, pa.Array]
    notes: dict[tuple[int, int], CellNote]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def coded(self) -> bool:
        """Whether the columns of the table are kept as dictionaries."""
        return any(is_coded(column) for column in self.columns.values())

    def index(self, column: str, row: int) -> int | None:
        """The sheet column (from 0) of one record's cell; None where it came from no cell."""
        position = self.at.get(column)
        if position is None:
            return None
        index = int(position if isinstance(position, int) else position[row])
        return index if index >= 0 else None

    def label(self, column: str, row: int) -> str:
        """The heading over one record's cell as written; the declared one where there is none."""
        index = self.index(column, row)
        if index is None or index >= len(self.labels):
            return self.dataset.column(column).label
        return self.labels[index]

    def address(self, column: str, row: int) -> str:
        """The cell's address in a spreadsheet, such as C5."""
        index = self.index(column, row)
        return "" if index is None else f"{column_letter(index)}{self.rows[row]}"

    def column(self, name: str) -> pa.Array:
        """The texts of a column; nulls where the table has none."""
        return self.columns[name] if name in self.columns else self._nothing()

    def unit_of(self, name: str) -> pa.Array:
        """The unit a measure's heading states, by row."""
        return self.units[name] if name in self.units else self._nothing()

    def _nothing(self) -> pa.Array:
        return repeated("", len(self), self.coded)


@dataclass
class Record:
    """One long row being gathered: column > (text, sheet column), and units of measures.

    `row` is the sheet row from 0.
    """

    row: int
    cells: dict[str, tuple[str, int]]
    units: dict[str, str]


def records_of(
    grid: Grid, layout: Layout, numbers: Sequence[int], choices: Choices
) -> list[Record]:
    """The records of a table; each row gives one, or one per member standing in the columns."""
    shared = {i: m for i, m in layout.meanings.items() if m.column and not m.members}
    spread: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for index, item in layout.meanings.items():
        if item.members:
            spread.setdefault(tuple(sorted(item.members.items())), []).append(index)
    records = []
    for number in numbers:
        row = grid.rows[number]
        cells: dict[str, tuple[str, int]] = {}
        units: dict[str, str] = {}
        for index, item in shared.items():
            assert item.column is not None
            cells[item.column.name] = (row[index] if index < len(row) else "", index)
            if layout.headings[index].unit:
                units[item.column.name] = layout.headings[index].unit
        by_row = layout.measure
        for index, role in layout.roles.items():
            text = row[index] if index < len(row) else ""
            if role == ROW_MEASURE:
                by_row = measure_named(text, layout.dataset, choices)
            else:
                cells[role] = (text, index)
        if not spread:
            records.append(Record(number, cells, units))
        for members, indexes in spread.items():
            record = Record(number, dict(cells), dict(units))
            for name, text in members:
                record.cells[name] = (text, indexes[0])
            for index in indexes:
                measure = layout.meanings[index].column or by_row
                if measure:
                    record.cells[measure.name] = (row[index] if index < len(row) else "", index)
                    if layout.headings[index].unit:
                        record.units[measure.name] = layout.headings[index].unit
            records.append(record)
    return joined(records, layout.dataset) if ROW_MEASURE in layout.roles.values() else records


def joined(records: list[Record], dataset: Dataset) -> list[Record]:
    """Records that each tell one measure of a key become one record with all of them."""
    found: dict[tuple[str, ...], Record] = {}
    names = ["period", *dataset.key]
    for record in records:
        place = tuple(record.cells.get(name, ("", 0))[0] for name in names)
        first = found.setdefault(place, record)
        if first is not record:
            first.cells = record.cells | first.cells
            first.units = record.units | first.units
    return list(found.values())


def texts_of(grid: Grid, layout: Layout, records: Sequence[Record]) -> Texts:
    """Gathered records as columns of text."""
    names = {name for record in records for name in record.cells}
    columns, at, units = {}, {}, {}
    for name in names:
        pairs = [record.cells.get(name, ("", -1)) for record in records]
        columns[name] = trimmed(pa.array([text for text, _ in pairs], pa.string()))
        places = {index for _, index in pairs}
        at[name] = places.pop() if len(places) == 1 else np.array([i for _, i in pairs])
        if any(name in record.units for record in records):
            units[name] = pa.array([record.units.get(name) for record in records], pa.string())
    labels = [layout.label(index) for index in range(len(layout.headings))]
    rows = np.array([record.row + 1 for record in records], dtype="int32")
    return Texts(layout.dataset, columns, at, rows, labels, units, grid.notes)


def trimmed(texts: pa.Array) -> pa.Array:
    """Texts without blanks of any kind at their ends; nothing left is null."""
    stripped = pc.utf8_trim(texts, " \t\r\n\u00a0\u3000\ufeff\u200b\u2002\u2003")
    return pc.if_else(pc.equal(stripped, ""), None, stripped)
