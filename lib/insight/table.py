"""A short table as people read it: every cell text, missing an em dash. Shared by pages and documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Column labels and rows of text, one cell a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def where(self, column: str, values: Collection[str]) -> Table:
        """Only the rows whose cell in `column` is one of `values`."""
        index = self.columns.index(column)
        return Table(self.columns, tuple(row for row in self.rows if row[index] in values))

    def without(self, column: str) -> Table:
        """All but one column."""
        index = self.columns.index(column)
        kept = [cells[:index] + cells[index + 1 :] for cells in (self.columns, *self.rows)]
        return Table(kept[0], tuple(kept[1:]))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table from any rows; each must have a cell for every column."""
    made = Table(tuple(columns), tuple(tuple(row) for row in rows))
    assert all(len(row) == len(made.columns) for row in made.rows)
    return made


def table_of(rows: Sequence[dict[str, str]], columns: Sequence[str] = ()) -> Table:
    """A table from dicts that share their keys; `columns` names them where there may be no row."""
    labels = tuple(columns) or tuple(rows[0] if rows else ())
    return table(labels, ([row[label] for label in labels] for row in rows))
