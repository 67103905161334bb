"""Cases by the million, from the tables summed with every release: counts as columns of codes, and lists.

Only a list reads single cases, and only the page of it that is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from lib.catalog.handling import STATUSES
from lib.catalog.places import (
    CITY_LEVEL,
    DEPARTMENT_IDS,
    DISTRICT_IDS,
    HISTORICAL_DISTRICTS,
)
from lib.queries.release import ask, ask_unkept
from lib.settings import lake_dir

Numbers: TypeAlias = NDArray[np.int64]
By = Literal["standing", "channels", "items", "months"]
Matter: TypeAlias = tuple[str, str]  # department id, item

CASE_DISTRICTS = (CITY_LEVEL.id, *DISTRICT_IDS, *(place.id for place in HISTORICAL_DISTRICTS))
_KNOWN: dict[str, tuple[str, ...]] = {
    "district": CASE_DISTRICTS,
    "department": DEPARTMENT_IDS,
    "status": tuple(status.id for status in STATUSES),
}


@dataclass(frozen=True)
class Axis:
    """A column as codes: row > index of `names`, which are ids, texts, or Matters."""

    codes: Numbers
    names: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Counts:
    """Rows of a summed table as columns of one length.

    axes:   column > its codes
    values: column > its numbers: `cases`, and `days` (0 where a status counts none; the rows are in order of
            it) or `overdue`
    """

    axes: Mapping[str, Axis]
    values: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.values["cases"])

    def only(self, axis: str, wanted: Sequence[str]) -> Counts:
        """The rows whose name on an axis is one of those wanted."""
        names = self.axes[axis].names
        is_wanted = np.isin(np.arange(len(names)), [names.index(w) for w in wanted if w in names])
        return self.where(is_wanted[self.axes[axis].codes])

    def where(self, kept: NDArray[np.bool_]) -> Counts:
        """The rows that are kept, in the same order."""
        return Counts(
            {name: replace(axis, codes=axis.codes[kept]) for name, axis in self.axes.items()},
            {name: numbers[kept] for name, numbers in self.values.items()},
        )


def _axis(column: pa.ChunkedArray, name: str) -> Axis:
    found = column.combine_chunks().dictionary_encode()
    codes, names = found.indices.to_numpy().astype(np.int64), tuple(found.dictionary.to_pylist())
    known = _KNOWN.get(name)
    if known is None:
        return Axis(codes, names)
    return Axis(np.array([known.index(n) for n in names], np.int64)[codes], known)


def _matters(departments: Axis, items: Axis) -> Axis:
    """The same item of two departments is two matters."""
    pairs = departments.codes * len(items.names) + items.codes
    found, codes = np.unique(pairs, return_inverse=True)
    whose, what = np.divmod(found, max(len(items.names), 1))
    names = [(departments.names[d], items.names[i]) for d, i in zip(whose, what, strict=True)]
    return Axis(codes.astype(np.int64), tuple(names))


@lru_cache(maxsize=32)
def _counts(_folder: Path, release_id: str, by: By, period: str) -> Counts:
    rows = ask_unkept(release_id, f"case_{by}", period=period)
    values, axes = {}, {}
    for field in rows.schema:
        if pa.types.is_string(field.type):
            axes[field.name] = _axis(rows[field.name], field.name)
        else:
            values[field.name] = rows[field.name].fill_null(0).to_numpy().astype(np.int64)
    if "item" in axes:
        axes["item"] = _matters(axes["department"], axes["item"])
    return Counts(axes, values)


def case_counts(release_id: str, period: str, by: By) -> Counts:
    """The cases of a release's period by district, department, and

    standing: status and days;          channels: channel, status and days
    items:    item, status and days;    months:   item and month of the promised day, where `cases` are those not
    returned, and `overdue` those of them that passed the day
    """
    return _counts(lake_dir(), release_id, by, period)


def case_dates(release_id: str, period: str) -> tuple[dt.date, dt.date] | None:
    """From which day to which the cases that need attention were taken; None where none does."""
    found = ask(release_id, "case_dates", period=period).to_pylist()[0]
    return (found["earliest"], found["latest"]) if found["latest"] else None


def case_list(
    release_id: str, period: str, status: str, *, departments: Sequence[str], districts: Sequence[str],
    item: str | None, most: int, skipped: int = 0,
) -> list[dict[str, Any]]:  # fmt: skip
    """Single cases of a status, the most pressing first: at most so many, after so many.

    Columns as in `case_list.sql`; `days_left` (天) is negative once the promised day has passed.
    """
    found: list[dict[str, Any]] = ask(
        release_id, "case_list", period=period, status=status, item=item, most=most, skipped=skipped,
        departments=tuple(departments), districts=tuple(districts),
        first_department=min(departments), last_department=max(departments),
    ).to_pylist()  # fmt: skip
    return found
