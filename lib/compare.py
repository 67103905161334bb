"""Comparing two Arrow tables of one dataset, and two whole releases, cell by cell. Pure.

Where rows were read from (`source_*`) is never compared. Whole columns are compared at once;
only rows that differ become Python objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import DATASET_BY_ID, Column, Dataset
from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import place_name
from lib.catalog.qualifiers import with_qualifier
from lib.catalog.rosters import ROSTER_BY_ID
from lib.intake.schema import SOURCE_NAMES, WRITTEN_NAMES, schema, stored_names

Key = tuple[Any, ...]
MOST_COMPARED = 300_000  # rows of a part that are compared one by one
_BETWEEN, _NOTHING = "\x1f", "\x1e"  # neither can stand in a cell that was read


@dataclass(frozen=True)
class Cell:
    """One cell that differs: the row's key, the column's label, both texts ("" where empty)."""

    key: Key
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Diff:
    """What separates two tables. `added` and `removed` are rows; `changed` is cells, by row."""

    dataset: Dataset
    added: pa.Table
    removed: pa.Table
    changed: tuple[Cell, ...]
    changed_rows: int
    unchanged: int

    @property
    def same(self) -> bool:
        """Whether the tables hold the same content."""
        return not (len(self.added) or len(self.removed) or self.changed)


@dataclass(frozen=True)
class Uncompared:
    """Two tables that differ and are too large to be told apart row by row: how many rows each has."""

    dataset: Dataset
    before: int
    after: int


@dataclass(frozen=True)
class Stored:
    """One dataset's rows of one period in a release: their content hash, how to get and count them."""

    digest: str
    read: Callable[[], pa.Table]
    count: Callable[[], int] = lambda: 0


Tables = Mapping[tuple[str, str], Stored]


def key_names(dataset: Dataset) -> tuple[str, ...]:
    """The columns that name a row."""
    return ("period", *dataset.key)


def conform(dataset: Dataset, table: pa.Table) -> pa.Table:
    """The rows in today's schema: a column the table was written without is empty."""
    target = schema(dataset)
    if table.schema.equals(target):
        return table
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(len(table), field.type)
        for field in target
    ]
    return pa.table(columns, schema=target)


def content_names(dataset: Dataset) -> tuple[str, ...]:
    """The stored columns that make up a row's content: all but where it was read from."""
    return tuple(name for name in schema(dataset).names if name not in SOURCE_NAMES)


def joined_keys(dataset: Dataset, table: pa.Table) -> pa.Array:
    """One text per row that is equal where the keys are equal; an empty part is a value too."""
    parts = [
        pc.fill_null(_flat(table[name]).cast(pa.large_string()), _NOTHING)
        for name in key_names(dataset)
    ]
    separator = pa.scalar(_BETWEEN, pa.large_string())
    return pc.binary_join_element_wise(*parts, separator)


def keys(dataset: Dataset, table: pa.Table) -> tuple[Key, ...]:
    """The key of every row, as Python values."""
    columns = [table[name].to_pylist() for name in key_names(dataset)]
    return tuple(zip(*columns, strict=True))


def positions(dataset: Dataset, old: pa.Table, new: pa.Table) -> pa.Array:
    """For each row of `new`, where `old` holds its key; null where it does not."""
    return pc.index_in(joined_keys(dataset, new), value_set=joined_keys(dataset, old))


def same_content(dataset: Dataset, old: pa.Table, new: pa.Table) -> pa.Array:
    """Row by row, whether two tables of equal length hold the same content."""
    same = pa.array(np.ones(len(new), dtype=bool))
    for name in content_names(dataset):
        same = pc.and_(same, _equal(_flat(old[name]), _flat(new[name])))
    return same


def compare(dataset: Dataset, old: pa.Table, new: pa.Table) -> Diff:
    """What `new` adds, removes and changes. Keys are unique within each table."""
    old, new = conform(dataset, old), conform(dataset, new)
    at = positions(dataset, old, new)
    kept = pc.is_valid(at)
    gone = np.ones(len(old), dtype=bool)
    gone[at.drop_null().to_numpy()] = False
    names = content_names(dataset)
    before, after = old.select(names).take(at.drop_null()), new.select(names).filter(kept)
    differs = pc.invert(same_content(dataset, before, after))
    before, after = before.filter(differs), after.filter(differs)
    return Diff(
        dataset,
        added=new.filter(pc.invert(kept)),
        removed=old.filter(pa.array(gone)),
        changed=tuple(_cells(dataset, before, after)),
        changed_rows=len(after),
        unchanged=int(kept.sum().as_py() or 0) - len(after),
    )


def compare_releases(old: Tables, new: Tables) -> Iterator[tuple[str, str, Diff | Uncompared]]:
    """(dataset id, period, what separates them) of every part that differs; equal hashes are not read."""
    for part in sorted({*old, *new}):
        dataset = DATASET_BY_ID.get(part[0])
        before, after = old.get(part), new.get(part)
        if dataset is None or (before and after and before.digest == after.digest):
            continue
        rows = [stored.count() if stored else 0 for stored in (before, after)]
        if max(rows) > MOST_COMPARED:
            yield (*part, Uncompared(dataset, *rows))
            continue
        empty = schema(dataset).empty_table()
        diff = compare(
            dataset, before.read() if before else empty, after.read() if after else empty
        )
        if not diff.same:
            yield (*part, diff)


def key_text(dataset: Dataset, key: Key) -> str:
    """A key for people: `2022H1 市教育局`."""
    named = zip(("period", *dataset.key), key, strict=True)
    return " ".join(_named(dataset.column(name), value) for name, value in named if value)


def _named(column: Column, value: Any) -> str:
    if column.kind in ("district", "department", "level"):
        return place_name(value)
    if column.kind == "metric" and value in METRIC_BY_ID:
        return METRIC_BY_ID[value].name
    if column.kind == "roster" and value in ROSTER_BY_ID:
        return ROSTER_BY_ID[value].name
    return str(value)


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _equal(old: pa.Array, new: pa.Array) -> pa.Array:
    both_empty = pc.and_(pc.is_null(old), pc.is_null(new))
    return pc.or_(both_empty, pc.fill_null(pc.equal(old, new), False))


def _cells(dataset: Dataset, before: pa.Table, after: pa.Table) -> Iterator[Cell]:
    columns = [column for column in dataset.columns if column.kind != "qualifier"]
    rows = zip(keys(dataset, after), before.to_pylist(), after.to_pylist(), strict=True)
    for key, old, new in rows:
        for column in columns:
            names = stored_names(column)
            if any(old[name] != new[name] for name in names):
                texts = _text(column, old), _text(column, new)
                if texts[0] == texts[1]:  # read differently, written the same
                    texts = _read_as(column, old), _read_as(column, new)
                yield Cell(key, column.label, *texts)


def _text(column: Column, row: Mapping[str, Any]) -> str:
    if column.kind == "measure":
        return with_qualifier(row[f"{column.name}_text"] or "", row[f"{column.name}_qualifier"])
    name = f"{column.name}_text" if column.kind in WRITTEN_NAMES else column.name
    value = row[name]
    if value is None:
        return ""
    if column.kind == "flag":
        return "是" if value else "否"
    return place_name(value) if column.kind == "level" else str(value)


def _read_as(column: Column, row: Mapping[str, Any]) -> str:
    value = row[column.name]
    shown = (
        "空" if value is None else format(value, "f") if column.kind == "measure" else str(value)
    )
    return f"{_text(column, row)}（{shown}）"
