"""Cases by the million, from the tables summed with every release: counts as columns of codes, and lists.

Only a list reads single cases, and only the page of it that is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
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

Numbers: TypeAlias = NDArray[np.integer[Any]]
By = Literal["standing", "channels", "items", "months"]
Matter: TypeAlias = tuple[str, str]  # department id, item
Place: TypeAlias = tuple[Matter, str]  # an item in a district

CASE_DISTRICTS = (CITY_LEVEL.id, *DISTRICT_IDS, *(place.id for place in HISTORICAL_DISTRICTS))
_KNOWN: dict[str, tuple[str, ...]] = {
    "district": CASE_DISTRICTS,
    "department": DEPARTMENT_IDS,
    "status": tuple(status.id for status in STATUSES),
}


@dataclass(frozen=True)
class Axis:
    """A column as codes.

    codes: row > index of `names`, which are ids in the order of the catalog, texts in their own, Matters or
           Places in the order of both
    """

    codes: Numbers
    names: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Counts:
    """Rows of a summed table as columns of one length.

    axes:   column > its codes; a choice of rows leaves the names as they are
    days:   0 where a status counts none; the rows are in order of it
    values: how many `cases` a row has, and of them `overdue` where the table says so
    """

    axes: Mapping[str, Axis]
    days: Numbers
    values: Mapping[str, Numbers]

    @property
    def cases(self) -> Numbers:
        """How many cases every row has."""
        return self.values["cases"]

    def only(self, axis: str, wanted: Collection[Any]) -> Counts:
        """The cases whose name on an axis is one of those wanted."""
        is_wanted = np.array([name in wanted for name in self.axes[axis].names], np.bool_)
        kept = np.flatnonzero(is_wanted[self.axes[axis].codes])
        return Counts(
            {name: Axis(one.codes[kept], one.names) for name, one in self.axes.items()},
            self.days[kept],
            {name: values[kept] for name, values in self.values.items()},
        )


def _axis(codes: Numbers, names: Sequence[Any]) -> Axis:
    """Of codes no wider than so many names need: they are most of what a server keeps."""
    return Axis(codes.astype(np.min_scalar_type(-len(names))), tuple(names))


def _read(column: pa.ChunkedArray, name: str) -> Axis:
    found = column.combine_chunks().dictionary_encode()
    codes, names = found.indices.to_numpy(), found.dictionary.to_pylist()
    known = _KNOWN.get(name) or tuple(sorted(names))
    place = {name: code for code, name in enumerate(known)}
    return _axis(np.array([place[name] for name in names], np.int64)[codes], known)


def _pairs(one: Axis, other: Axis) -> Axis:
    """The pairs of names that occur, as names."""
    both = one.codes.astype(np.int64) * len(other.names) + other.codes
    found, codes = np.unique(both, return_inverse=True)
    first, second = np.divmod(found, max(len(other.names), 1))
    names = [(one.names[a], other.names[b]) for a, b in zip(first, second, strict=True)]
    return _axis(codes, names)


def _counts(_folder: Path, release_id: str, by: By, period: str) -> Counts:
    counts = _coded(ask_unkept(release_id, f"case_{by}", period=period), by)
    pa.default_memory_pool().release_unused()  # of the answer, which took several times as much
    return counts


def _coded(rows: pa.Table, by: By) -> Counts:
    values, axes = dict[str, Numbers](), dict[str, Axis]()
    for field in rows.schema:
        if pa.types.is_string(field.type):
            axes[field.name] = _read(rows[field.name], field.name)
        else:
            values[field.name] = rows[field.name].fill_null(0).to_numpy().astype(np.int64)
    if "item" in axes:  # the same item of two departments is two matters
        axes["item"] = _pairs(axes["department"], axes["item"])
    if by == "months":
        axes["place"] = _pairs(axes["item"], axes["district"])
    days = values.pop("days", np.zeros(len(rows), np.int64)).astype(np.int32)
    return Counts(axes, days, values)


_small = lru_cache(maxsize=16)(_counts)
_large = lru_cache(maxsize=6)(_counts)  # two for a period; by item they take some 5 MB
_reading = Lock()  # many who come at once wait for one reading, and share it


def case_counts(release_id: str, period: str, by: By) -> Counts:
    """The cases of a release's period by district, department, and

    standing: status and days;          channels: channel, status and days
    items:    item, status and days;    months:   item, place (an item in a district) and month of the promised
    day, where `cases` are those not returned, and `overdue` those of them that passed the day
    """
    kept = _large if by in ("items", "months") else _small
    with _reading:
        return kept(lake_dir(), release_id, by, period)


def case_dates(release_id: str, period: str) -> tuple[dt.date, dt.date] | None:
    """From which day to which the cases of a release's period were taken; None where there is none."""
    found = ask(release_id, "case_dates", period=period).to_pylist()[0]
    return (found["earliest"], found["latest"]) if found["latest"] else None


def case_list(
    release_id: str, period: str, status: str, *, departments: Sequence[str], districts: Sequence[str],
    item: str | None, most: int, skipped: int = 0,
) -> list[dict[str, Any]]:  # fmt: skip
    """Single cases of a status, the most pressing first: at most so many, after so many.

    Columns as in `case_list.sql`; `days_left` (天) is negative once the promised day has passed.
    """
    found: list[dict[str, Any]] = ask_unkept(
        release_id, "case_list", period=period, status=status, item=item, most=most, skipped=skipped,
        departments=tuple(departments), districts=tuple(districts),
        first_department=min(departments), last_department=max(departments),
    ).to_pylist()  # fmt: skip
    return found
