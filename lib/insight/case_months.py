"""Cases by the month of their promised day, and which of a department's items are overdue again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.queries.cases import Counts, Matter, Numbers, Place

LONG = 3  # months in a row that make 反复超期


@dataclass(frozen=True)
class Month:
    """One month of promised days (2022-03): cases not returned, and those of them that passed the day."""

    month: str
    cases: int
    overdue: int


@dataclass(frozen=True)
class Repeat:
    """An item of a department in a district, overdue in several months in a row: the longest such time.

    months: how many; overdue, cases: in these months
    """

    district: str
    matter: Matter
    first: str
    last: str
    months: int
    overdue: int
    cases: int


@dataclass(frozen=True)
class Repeats:
    """The longest Repeats, and the others as one: how many, their cases overdue, their cases."""

    found: tuple[Repeat, ...]
    others: int = 0
    overdue: int = 0
    cases: int = 0


def months(counts: Counts) -> list[Month]:
    """Every month that any case is promised for, in order of time."""
    axis = counts.axes["due_month"]
    sums = (_summed(axis.codes, values, len(axis.names)).tolist() for values in _both(counts))
    found = [Month(*row) for row in zip(axis.names, *sums, strict=True)]
    return sorted((month for month in found if month.cases), key=lambda month: month.month)


def repeats(counts: Counts, most: int = 0) -> Repeats:
    """What was overdue in LONG months in a row or more, its latest such time: the longest first, then the most
    cases. At most so many, the others as one; 0 for all."""
    places, names = counts.axes["place"], counts.axes["due_month"].names
    size = len(places.names)
    run = best = np.zeros((3, size), np.int64)  # months, overdue, cases
    last = np.zeros(size, np.int64)
    before = -1
    for code in sorted(range(len(names)), key=names.__getitem__):
        here = counts.axes["due_month"].codes == code
        cases, overdue = (_summed(places.codes[here], v[here], size) for v in _both(counts))
        follows = _number(names[code]) == before + 1
        run = (run if follows else 0) + np.stack((np.ones_like(cases), overdue, cases))
        run[:, overdue == 0] = 0
        longer = (run[0] >= best[0]) & (run[0] > 0)
        best, last = np.where(longer, run, best), np.where(longer, code, last)
        before = _number(names[code])
    order = np.lexsort((-best[1], -best[0]))
    order = order[best[0][order] >= LONG]
    shown, others = np.split(order, [most or len(order)])
    found = (_repeat(places.names[n], names[last[n]], *best[:, n].tolist()) for n in shown.tolist())
    _, overdue, cases = best[:, others].sum(axis=1).tolist()
    return Repeats(tuple(found), len(others), overdue, cases)


def _repeat(place: Place, last: str, months: int, overdue: int, cases: int) -> Repeat:
    matter, district = place
    return Repeat(district, matter, _earlier(last, months - 1), last, months, overdue, cases)


def _both(counts: Counts) -> tuple[Numbers, Numbers]:
    return counts.values["cases"], counts.values["overdue"]


def _summed(codes: Numbers, values: Numbers, size: int) -> NDArray[np.int64]:
    return np.bincount(codes, values, size).astype(np.int64)


def _number(month: str) -> int:
    """Months counted from the year 0."""
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def _earlier(month: str, by: int) -> str:
    """So many months before: 2022-03, 3 > 2021-12."""
    year, number = divmod(_number(month) - 1 - by, 12)
    return f"{year:04d}-{number + 1:02d}"
