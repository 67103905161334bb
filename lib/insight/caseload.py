"""How cases stand: how many of each status, how many in time, how long they took; groups, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.catalog.handling import FINISHED, IN_TIME, STATUSES
from lib.insight.wording import MISSING, percent
from lib.queries.cases import By, Counts, Numbers, case_counts
from lib.selection import Selection

STATUS_IDS = tuple(status.id for status in STATUSES)
_CODE = {status: code for code, status in enumerate(STATUS_IDS)}
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
    def on_time(self) -> Decimal | None:
        """按时办结率, a share of 1; None where no case is finished."""
        return share(self.of(*IN_TIME), self.finished)


@dataclass(frozen=True)
class Ranked:
    """Groups of cases in an order, and the rest of them as one.

    names: of the groups, ids or Matters;  others: how many groups are in `rest`
    """

    names: tuple[Any, ...]
    tallies: tuple[Tally, ...]
    others: int = 0
    rest: Tally | None = None


def share(part: int, whole: int) -> Decimal | None:
    """A share of 1; None of nothing."""
    return Decimal(part) / whole if whole else None


def portion(part: int, whole: int) -> str:
    """A share for people: 2.5%; <0.1% of what would round to nothing; an em dash of nothing."""
    known = share(part, whole)
    if known is None:
        return MISSING
    return "<0.1%" if part and known < _LEAST else percent(known)


@lru_cache(maxsize=8)  # what the parts of a page share
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


def whole(counts: Counts) -> Tally:
    """All of it as one group."""
    return _tallied(counts, np.zeros(len(counts), np.int64), 1)[0]


def ranked(counts: Counts, axis: str, most: int = 0) -> Ranked:
    """The groups of an axis by cases overdue, then due soon, then late; ties in the order of their names.

    most: so many groups at most, the rest of them as one; 0 for all of them
    """
    by_status = _by_status(counts, counts.axes[axis].codes, len(counts.axes[axis].names))
    worst = [-by_status[:, _CODE[status]] for status in ("late", "due_soon", "overdue")]
    order = np.lexsort(worst)
    return _in_order(counts, axis, order[by_status.sum(axis=1)[order] > 0], most)


def ranked_by_rate(counts: Counts, axis: str, most: int = 0) -> Ranked:
    """The groups with at least FEWEST finished cases by 按时办结率, the lowest first; those below 100%."""
    by_status = _by_status(counts, counts.axes[axis].codes, len(counts.axes[axis].names))
    finished = by_status[:, [_CODE[status] for status in FINISHED]].sum(axis=1)
    late = by_status[:, _CODE["late"]]
    order = np.lexsort((-late, -late / np.maximum(finished, 1)))
    return _in_order(counts, axis, order[((finished >= FEWEST) & (late > 0))[order]], most)


def _in_order(counts: Counts, axis: str, order: Numbers, most: int) -> Ranked:
    """The groups of these codes in their order; those past `most` as one, all others left out."""
    shown = order[: most or len(order)]
    others = len(order) - len(shown)
    place = np.full(len(counts.axes[axis].names), -1, np.int64)
    place[order] = len(shown)
    place[shown] = np.arange(len(shown))
    groups = place[counts.axes[axis].codes]
    if (groups < 0).any():
        counts, groups = counts.where(groups >= 0), groups[groups >= 0]
    tallies = _tallied(counts, groups, len(shown) + bool(others))
    names = tuple(counts.axes[axis].names[code] for code in shown)
    return Ranked(names, tuple(tallies[: len(shown)]), others, tallies[-1] if others else None)


def _by_status(counts: Counts, groups: Numbers, size: int) -> Numbers:
    """Cases by group and status: (size, statuses)."""
    kinds = len(STATUS_IDS)
    flat = np.bincount(
        groups * kinds + counts.axes["status"].codes, counts.values["cases"], size * kinds
    )
    return flat.astype(np.int64).reshape(size, kinds)


def _tallied(counts: Counts, groups: Numbers, size: int) -> list[Tally]:
    by_status = _by_status(counts, groups, size)
    finished = np.isin(counts.axes["status"].codes, [_CODE[status] for status in FINISHED])
    half, nine_tenths = _nearest_ranks(
        groups[finished], counts.values["days"][finished], counts.values["cases"][finished],
        by_status[:, [_CODE[status] for status in FINISHED]].sum(axis=1),
    )  # fmt: skip
    return [
        Tally(tuple(row), *ranks)
        for row, *ranks in zip(by_status.tolist(), half, nine_tenths, strict=True)
    ]


def _nearest_ranks(
    groups: Numbers, days: Numbers, cases: Numbers, sizes: Numbers
) -> tuple[list[int | None], list[int | None]]:
    """The days within which half and nine tenths of each group's cases were done; rows in order of days."""
    order = np.argsort(groups, kind="stable")
    reached, sorted_days = np.cumsum(cases[order]), days[order]
    before = np.cumsum(sizes) - sizes

    def within(percent: int) -> list[int | None]:
        rank = before - (-sizes * percent // 100)  # rounded up
        at = np.minimum(np.searchsorted(reached, rank), max(len(order) - 1, 0))
        found: NDArray[np.int64] = sorted_days[at] if len(order) else np.zeros_like(sizes)
        return [
            day if size else None for day, size in zip(found.tolist(), sizes.tolist(), strict=True)
        ]

    return within(_HALF), within(_NINE_TENTHS)


def by_days(counts: Counts, bands: Sequence[tuple[int, int | None]]) -> list[int]:
    """How many cases have from so many days to so many (None: and more), for every band."""
    days, cases = counts.values["days"], counts.values["cases"]
    return [
        int(cases[(days >= low) & ((days <= high) if high is not None else True)].sum())
        for low, high in bands
    ]
