"""Invented cases in the `cases` template: skewed like real ones, every row marked 演示数据.

For demonstrations and measurements only. The same arguments always give the same bytes, and the
memory needed does not grow with the number of rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lib.catalog.datasets import CASES, CHANNELS, STATES
from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import Period, parse_period
from lib.catalog.places import CITY_LEVEL, DEPARTMENT_BY_ID, DISTRICTS
from lib.demo.items import SLOWER, items

MARK = DEMO_MARK
CODECS = {"gb18030": "gb18030", "gbk": "gbk", "utf-8": "utf-8", "utf-8-sig": "utf-8"}
CHUNK_ROWS = 100_000

_CITY_CODE = "320400"
_LAST_PROMISE = 60  # days after the period in which the last case falls due
_MONTHS = (0.95, 0.55, 1.15, 0.9, 1.0, 1.1, 1.05, 0.95, 1.1, 0.8, 1.0, 1.2)
_WEEKDAYS = (1.25, 1.1, 1.05, 1.0, 0.95, 0.22, 0.15)
_DISTRICT_SHARES = (0.24, 0.09, 0.08, 0.17, 0.15, 0.1, 0.1, 0.07)  # 市本级, then the seven
_CHANNEL_SHARES = (0.31, 0.43, 0.07, 0.19)
_RETURNED, _STALLED, _LATE_AT_ONCE = 0.025, 0.004, 0.012
_TYPICAL, _SPREAD = -0.7, 0.42  # of the logarithm of handling time over promised time

Indices = NDArray[np.int64]


def file_name(period: str = "2022H1") -> str:
    """The name such a file should carry; like every row it says 演示数据."""
    return f"{MARK}_{CASES.name}_{period}.csv"


def write_cases(
    path: Path,
    rows: int,
    *,
    period: str = "2022H1",
    encoding: str = "gb18030",
    seed: int = 320400,
) -> None:
    """Write a CSV of `rows` invented cases in order of acceptance, with the template's headers.

    Raises ValueError for an unknown period and for an encoding that is not in `CODECS`.
    """
    span = parse_period(period)
    if span is None or encoding not in CODECS:
        raise ValueError(f"no such period or encoding: {period}, {encoding}")
    words = _Words(span, CODECS[encoding])
    opened = _opened(rows, span, seed)
    header = ",".join(column.label for column in CASES.columns) + "\r\n"
    with path.open("wb") as out:
        out.write(header.encode(encoding))
        for start in range(0, rows, CHUNK_ROWS):
            numbers = np.arange(start, min(start + CHUNK_ROWS, rows))
            rng = np.random.default_rng([seed, 1 + start // CHUNK_ROWS])
            out.write(_text(words.columns(_drawn(rng, numbers, opened, span))))


def _opened(rows: int, span: Period, seed: int) -> Indices:
    """How many cases were accepted before each day of the period, and in all: (days + 1,)."""
    days = [span.start + dt.timedelta(n) for n in range((span.end - span.start).days + 1)]
    weights = np.array([_MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] for day in days])
    weights *= np.random.default_rng([seed, 0]).uniform(0.85, 1.15, len(days))
    counts = np.random.default_rng([seed, 0]).multinomial(rows, weights / weights.sum())
    return np.concatenate(([0], np.cumsum(counts)))


@dataclass(frozen=True)
class _Drawn:
    """One chunk of cases as numbers; days count from the period's first, -1 is none."""

    accepted: Indices
    serial: Indices
    due: Indices
    finished: Indices
    item: Indices
    district: Indices
    channel: Indices
    state: Indices


_ITEMS = items()
_RANKS = {department: rank for rank, department in enumerate(dict.fromkeys(i[0] for i in _ITEMS))}
_PROMISED = np.array([promised for _, _, promised in _ITEMS])
_SLOWER = np.array([SLOWER.get(department, 0.0) for department, _, _ in _ITEMS])


def _item_shares() -> NDArray[np.float64]:
    """Zipf over departments, and again over the items of each."""
    seen: dict[str, int] = {}
    shares = []
    for department, _, _ in _ITEMS:
        place = seen[department] = seen.get(department, 0) + 1
        shares.append((1 + _RANKS[department]) ** -1.1 * place**-0.8)
    return np.array(shares)


def _pick(rng: np.random.Generator, shares: Iterable[float], count: int) -> Indices:
    limits = np.cumsum(np.fromiter(shares, float))
    return np.searchsorted(limits / limits[-1], rng.random(count), side="right")


def _drawn(rng: np.random.Generator, numbers: Indices, opened: Indices, span: Period) -> _Drawn:
    count = len(numbers)
    accepted = np.searchsorted(opened, numbers, side="right") - 1
    item = _pick(rng, _item_shares(), count)
    day = np.datetime64(span.start, "D")
    falls_due = np.busday_offset(day + accepted, _PROMISED[item], roll="forward")
    due = (falls_due - day).astype(np.int64)
    ratio = rng.lognormal(_TYPICAL, _SPREAD, count) * np.exp(_SLOWER[item])
    ratio[rng.random(count) < _STALLED] *= 8
    finished = accepted + np.floor((due - accepted) * ratio).astype(np.int64)
    at_once = (_PROMISED[item] == 0) & (rng.random(count) < _LATE_AT_ONCE)
    finished[at_once] = due[at_once] + rng.integers(1, 5, at_once.sum())
    state = np.where(finished > (span.end - span.start).days, 0, 1)
    state[rng.random(count) < _RETURNED] = 2
    return _Drawn(
        accepted=accepted,
        serial=numbers - opened[accepted] + 1,
        due=due,
        finished=np.where(state == 1, finished, -1),
        item=item,
        district=_pick(rng, _DISTRICT_SHARES, count),
        channel=_pick(rng, _CHANNEL_SHARES, count),
        state=state,
    )


class _Words:
    """The cells a file of one period can hold, encoded once; columns are taken from them."""

    def __init__(self, span: Period, codec: str) -> None:
        self.codec = codec
        length = (span.end - span.start).days + 1
        days = [span.start + dt.timedelta(n) for n in range(length + _LAST_PROMISE)]
        self.ids = self.encoded(f"{_CITY_CODE}{day:%Y%m%d}" for day in days)
        self.days = self.encoded([*map(str, days), ""])  # the last is also index -1
        self.no_day = len(days)
        self.items = self.encoded(name for _, name, _ in _ITEMS)
        self.departments = self.encoded(DEPARTMENT_BY_ID[d].name for d, _, _ in _ITEMS)
        self.districts = self.encoded(place.name for place in (CITY_LEVEL, *DISTRICTS))
        self.channels, self.states = self.encoded(CHANNELS), self.encoded(STATES)
        self.period = self.encoded([span.id])
        text = span.label.partition("年")[2] or "全年"
        self.closing = self.encoded([f"{text},{span.end},{MARK}\r\n"])

    def encoded(self, words: Iterable[str]) -> pa.Array:
        """The words as bytes of the file's encoding."""
        return pa.array([word.encode(self.codec) for word in words], pa.binary())

    def columns(self, drawn: _Drawn) -> list[Any]:
        """The cells of every row, in the template's order; the last ends the line."""
        serial = pc.utf8_lpad(pa.array(drawn.serial).cast(pa.string()), 6, "0")
        finished = np.where(drawn.finished < 0, self.no_day, drawn.finished)
        return [
            self.period[0],
            pc.binary_join_element_wise(
                self.ids.take(pa.array(drawn.accepted)), serial.cast(pa.binary()), b""
            ),
            self.districts.take(pa.array(drawn.district)),
            self.departments.take(pa.array(drawn.item)),
            self.items.take(pa.array(drawn.item)),
            self.channels.take(pa.array(drawn.channel)),
            self.days.take(pa.array(drawn.accepted)),
            self.days.take(pa.array(drawn.due)),
            self.days.take(pa.array(finished)),
            self.states.take(pa.array(drawn.state)),
            self.closing[0],
        ]


def _text(columns: list[Any]) -> memoryview:
    """The lines of a chunk, back to back: the value buffer of the joined rows."""
    lines = pc.binary_join_element_wise(*columns, b",")
    return memoryview(lines.buffers()[2])[: pc.sum(pc.binary_length(lines)).as_py()]
