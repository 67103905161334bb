"""How cases stand: how many of each status, how many in time, how long they took; groups, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from lib.catalog.handling import FINISHED, IN_TIME, STATUSES
from lib.insight.wording import MISSING, percent
from lib.queries.cases import By, Counts, Numbers, case_counts
from lib.selection import Selection

STATUS_IDS = tuple(status.id for status in STATUSES)
_CODE = {status: code for code, status in enumerate(STATUS_IDS)}
_DONE = [_CODE[status] for status in FINISHED]
_IS_DONE = np.isin(np.arange(len(STATUS_IDS)), _DONE).astype(np.int64)
_HALF, _NINE_TENTHS = 50, 90  # percent
_LEAST = Decimal("0.0005")
FEWEST = 30  # finished cases that make a rate worth ranking


@dataclass(frozen=True)
class Tally:
    """Cases of one group.

    counts: how many, in order of STATUSES
    half, nine_tenths: days within which so many of the finished cases were done (nearest rank); None
            where none is finished
    """

    counts: tuple[int, ...]
    half: int | None = None
    nine_tenths: int | None = None

    def of(self, *statuses: str) -> int:
        """How many cases have one of the statuses."""
        return sum(self.counts[_CODE[status]] for status in statuses)

    @property
    def total(self) -> int:
        """All cases, whatever their status."""
        return sum(self.counts)

    @property
    def finished(self) -> int:
        """Cases that a rate is of: those returned or without their day are not."""
        return self.of(*FINISHED)

    @property
    def on_time(self) -> str:
        """按时办结率 for people; an em dash where no case is finished."""
        return portion(self.of(*IN_TIME), self.finished)


@dataclass(frozen=True)
class Ranked:
    """Groups of cases in an order, and the rest of them as one.

    names: of the groups, ids or Matters;  others: how many groups are in `rest`
    """

    names: tuple[Any, ...]
    tallies: tuple[Tally, ...]
    others: int = 0
    rest: Tally | None = None


def portion(part: int, whole: int) -> str:
    """A share for people: 2.5%; <0.1% and >99.9% of what would round to nothing or to all; an em dash of nothing."""
    if not whole:
        return MISSING
    share = Decimal(part) / whole
    if part and share < _LEAST:
        return "<0.1%"
    return ">99.9%" if part < whole and share >= 1 - _LEAST else percent(share)


@lru_cache(maxsize=1)  # what the parts of a page share
def chosen(selection: Selection, by: By) -> Counts:
    """The counts of the chosen places; without a choice of districts 市本级 is among them."""
    counts = case_counts(selection.release_id, selection.period, by)
    if selection.chosen_districts:
        counts = counts.only("district", selection.chosen_districts)
    if selection.chosen_departments:
        counts = counts.only("department", selection.chosen_departments)
    return counts


def of_status(counts: Counts, *statuses: str) -> Counts:
    """The rows of cases that have one of the statuses."""
    return counts.only("status", statuses)


def by_department(counts: Counts) -> dict[str, int]:
    """Department id > its cases, of those that have any, in the order of the catalog."""
    axis = counts.axes["department"]
    sums = np.bincount(axis.codes, counts.cases, len(axis.names))
    return {axis.names[code]: int(sums[code]) for code in np.flatnonzero(sums)}


def pairs(counts: Counts, axis: str, other: str) -> set[tuple[Any, Any]]:
    """The pairs of names on two axes that cases have."""
    one, two = counts.axes[axis], counts.axes[other]
    held = counts.cases > 0
    codes = np.unique(one.codes[held].astype(np.int64) * len(two.names) + two.codes[held]).tolist()
    return {(one.names[c // len(two.names)], two.names[c % len(two.names)]) for c in codes}


def whole(counts: Counts) -> Tally:
    """All of it as one group."""
    by_status = np.bincount(counts.axes["status"].codes, counts.cases, len(STATUS_IDS))
    sums = by_status.astype(np.int64)
    finished = np.cumsum(_finished(counts))
    ranks = (_days_of(finished, counts.days, rank) for rank in _ranks(sums[_DONE].sum()))
    return Tally(tuple(sums.tolist()), *ranks)


def ranked(counts: Counts, axis: str, most: int = 0) -> Ranked:
    """The groups of an axis by cases overdue, then due soon, then late; ties in the order of the axis.

    most: so many groups at most, the rest of them as one; 0 for all of them
    """
    sums = _by_status(counts, axis)
    worst = [-sums[:, _CODE[status]] for status in ("late", "due_soon", "overdue")]
    order = np.lexsort(worst)
    return _in_order(counts, axis, sums, order[sums.sum(axis=1)[order] > 0], most)


def ranked_by_rate(counts: Counts, axis: str, most: int = 0) -> Ranked:
    """The groups with at least FEWEST finished cases by 按时办结率, the lowest first; those below 100%."""
    sums = _by_status(counts, axis)
    finished, late = sums[:, _DONE].sum(axis=1), sums[:, _CODE["late"]]
    order = np.lexsort((-late, -late / np.maximum(finished, 1)))
    kept = ((finished >= FEWEST) & (late > 0))[order]
    return _in_order(counts, axis, sums, order[kept], most)


def _in_order(counts: Counts, axis: str, sums: Numbers, order: Numbers, most: int) -> Ranked:
    """The groups of these codes in their order; those past `most` as one, all others left out."""
    names = counts.axes[axis].names
    shown, others = np.split(order, [most or len(order)])
    reached, days = _reached(counts, axis)
    before = np.cumsum(sums[:, _DONE].sum(axis=1))

    def tally(code: int) -> Tally:
        size = int(sums[code, _DONE].sum())
        start = int(before[code]) - size
        ranks = (_days_of(reached, days, rank and start + rank) for rank in _ranks(size))
        return Tally(tuple(sums[code].tolist()), *ranks)

    rest = whole(counts.only(axis, {names[code] for code in others})) if len(others) else None
    return Ranked(
        tuple(names[code] for code in shown), tuple(map(tally, shown.tolist())), len(others), rest
    )


@lru_cache(maxsize=2)
def _by_status(counts: Counts, axis: str) -> Numbers:
    """Cases by group and status: (groups, statuses)."""
    size, kinds = len(counts.axes[axis].names), len(STATUS_IDS)
    keys = counts.axes[axis].codes.astype(np.int64) * kinds + counts.axes["status"].codes
    flat = np.bincount(keys, counts.cases, size * kinds)
    return flat.astype(np.int64).reshape(size, kinds)


@lru_cache(maxsize=1)
def _reached(counts: Counts, axis: str) -> tuple[Numbers, Numbers]:
    """How many finished cases there are up to every row, in order of group and days; and the days."""
    # Stable: those of a group stay in order of days.
    order = np.argsort(counts.axes[axis].codes, kind="stable")
    return np.cumsum(_finished(counts)[order]), counts.days[order]


def _finished(counts: Counts) -> Numbers:
    """How many finished cases every row has."""
    return counts.cases * _IS_DONE[counts.axes["status"].codes]


def _ranks(size: int) -> tuple[int, int]:
    """Which of so many cases in order stands at the half and at nine tenths (nearest rank, from 1)."""
    return -(-size * _HALF // 100), -(-size * _NINE_TENTHS // 100)


def _days_of(reached: Numbers, days: Numbers, rank: int) -> int | None:
    """The days of the case of that rank, where so many cases were reached by each row; None for rank 0."""
    return int(days[np.searchsorted(reached, rank)]) if rank else None


def by_days(counts: Counts, bands: Sequence[tuple[int, int | None]]) -> list[int]:
    """How many cases have from so many days to so many (None: and more), for every band."""
    days, cases = counts.days, counts.cases
    return [
        int(cases[(days >= low) & ((days <= high) if high is not None else True)].sum())
        for low, high in bands
    ]
