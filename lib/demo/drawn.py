"""Invented cases as numbers, in order of acceptance: skewed like real ones, chunk by chunk.

The same arguments always give the same numbers, and no chunk needs the one before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.catalog.periods import Period
from lib.demo.items import SLOWER, items

CHUNK_ROWS = 100_000
LAST_PROMISE = 60  # days after the period in which the last case falls due
SEED = 320400

_MONTHS = (0.95, 0.55, 1.15, 0.9, 1.0, 1.1, 1.05, 0.95, 1.1, 0.8, 1.0, 1.2)
_WEEKDAYS = (1.25, 1.1, 1.05, 1.0, 0.95, 0.22, 0.15)
_DISTRICT_SHARES = (0.24, 0.09, 0.08, 0.17, 0.15, 0.1, 0.1, 0.07)  # 市本级, then the seven
_CHANNEL_SHARES = (0.31, 0.43, 0.07, 0.19)
_RETURNED, _STALLED, _STUCK, _LATE_AT_ONCE = 0.025, 0.004, 0.006, 0.012
_TYPICAL, _SPREAD = -0.7, 0.42  # of the logarithm of handling time over promised time
_RUSH, _RUSH_DAYS = 1.7, 14  # before a period ends more is handed in, and what falls due just after
_WAITING, _WAITING_DAYS = 0.95, 3  # it has mostly been left until then

Indices = NDArray[np.int64]

ITEMS = items()
_RANKS = {department: rank for rank, department in enumerate(dict.fromkeys(i[0] for i in ITEMS))}
_PROMISED = np.array([promised for _, _, promised in ITEMS])
_SLOWER = np.array([SLOWER.get(department, 0.0) for department, _, _ in ITEMS])


@dataclass(frozen=True)
class Drawn:
    """One chunk of cases; days count from the period's first, -1 is none, all else from lists' first."""

    accepted: Indices
    serial: Indices
    due: Indices
    finished: Indices
    item: Indices
    district: Indices
    channel: Indices
    state: Indices


def chunks(rows: int, span: Period, seed: int = SEED) -> Iterator[Drawn]:
    """The cases of a period, at most `CHUNK_ROWS` at a time."""
    opened = _opened(rows, span, seed)
    falls_due = _due_days(span)
    for start in range(0, rows, CHUNK_ROWS):
        numbers = np.arange(start, min(start + CHUNK_ROWS, rows))
        rng = np.random.default_rng([seed, span.start.toordinal(), 1 + start // CHUNK_ROWS])
        yield _drawn(rng, numbers, opened, falls_due)


def days_of(span: Period) -> list[dt.date]:
    """The period's days, and those after it in which its cases fall due."""
    length = (span.end - span.start).days + 1
    return [span.start + dt.timedelta(n) for n in range(length + LAST_PROMISE)]


def _opened(rows: int, span: Period, seed: int) -> Indices:
    """How many cases were accepted before each day of the period, and in all: (days + 1,)."""
    days = days_of(span)[:-LAST_PROMISE]
    weights = np.array([_MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] for day in days])
    weights[-_RUSH_DAYS:] *= _RUSH
    rng = np.random.default_rng([seed, span.start.toordinal(), 0])
    weights *= rng.uniform(0.85, 1.15, len(days))
    counts = rng.multinomial(rows, weights / weights.sum())
    return np.concatenate(([0], np.cumsum(counts)))


def _due_days(span: Period) -> Indices:
    """The day an item falls due, by the day it was accepted: (days, items)."""
    first = np.datetime64(span.start, "D")
    accepted = np.arange((span.end - span.start).days + 1)
    due = np.busday_offset(first + accepted[:, None], _PROMISED[None, :], roll="forward")
    return (due - first).astype(np.int64)


def _item_shares() -> NDArray[np.float64]:
    """Zipf over departments, and again over the items of each."""
    seen: dict[str, int] = {}
    shares = []
    for department, _, _ in ITEMS:
        place = seen[department] = seen.get(department, 0) + 1
        shares.append((1 + _RANKS[department]) ** -1.1 * place**-0.8)
    return np.array(shares)


_ITEM_SHARES = _item_shares()


def _pick(rng: np.random.Generator, shares: Iterable[float], count: int) -> Indices:
    limits = np.cumsum(np.fromiter(shares, float))
    return np.searchsorted(limits / limits[-1], rng.random(count), side="right")


def _drawn(
    rng: np.random.Generator, numbers: Indices, opened: Indices, falls_due: Indices
) -> Drawn:
    count, last = len(numbers), len(falls_due) - 1
    accepted = np.searchsorted(opened, numbers, side="right") - 1
    item = _pick(rng, _ITEM_SHARES, count)
    due = falls_due[accepted, item]
    ratio = rng.lognormal(_TYPICAL, _SPREAD, count) * np.exp(_SLOWER[item])
    chance = rng.random(count)
    ratio[chance < _STALLED] *= 8
    finished = accepted + np.floor((due - accepted) * ratio).astype(np.int64)
    at_once = (_PROMISED[item] == 0) & (rng.random(count) < _LATE_AT_ONCE)
    finished[at_once] = due[at_once] + rng.integers(1, 5, at_once.sum())
    left = (due >= last) & (due <= last + _WAITING_DAYS) & (_PROMISED[item] > 0)
    left &= rng.random(count) < _WAITING
    finished[left | (chance > 1 - _STUCK)] = last + 1
    state = np.where(finished > last, 0, 1)
    state[rng.random(count) < _RETURNED] = 2
    return Drawn(
        accepted=accepted,
        serial=numbers - opened[accepted] + 1,
        due=due,
        finished=np.where(state == 1, finished, -1),
        item=item,
        district=_pick(rng, _DISTRICT_SHARES, count),
        channel=_pick(rng, _CHANNEL_SHARES, count),
        state=state,
    )
