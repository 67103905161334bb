"""Invented cases as CSV in the `cases` template, every row marked 演示数据.

For demonstrations and measurements only. The same arguments always give the same bytes, and the
memory needed does not grow with the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import CASES, CHANNELS, STATES
from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import Period, parse_period
from lib.catalog.places import CITY_LEVEL, DEPARTMENT_BY_ID, DISTRICTS
from lib.demo.drawn import ITEMS, SEED, Drawn, chunks, days_of

MARK = DEMO_MARK
CITY_CODE = "320400"
CODECS = {"gb18030": "gb18030", "gbk": "gbk", "utf-8": "utf-8", "utf-8-sig": "utf-8"}
DEPARTMENTS = tuple(DEPARTMENT_BY_ID[department].name for department, _, _ in ITEMS)  # of each item
PLACES = tuple(place.name for place in (CITY_LEVEL, *DISTRICTS))
Told = Callable[[int], None]


def file_name(period: str = "2022H1", suffix: str = "csv") -> str:
    """The name such a file should carry; like every row it says 演示数据."""
    return f"{MARK}_{CASES.name}_{period}.{suffix}"


def as_of_text(span: Period) -> str:
    """The words for the period's last day, as its files have them."""
    return span.label.partition("年")[2] or "全年"


def write_cases(
    path: Path,
    rows: int,
    *,
    period: str = "2022H1",
    encoding: str = "gb18030",
    seed: int = SEED,
    told: Told = lambda _rows: None,
) -> None:
    """Write a CSV of `rows` invented cases in order of acceptance, with the template's headers.

    told: called with the number of rows of every chunk that was written
    Raises ValueError for an unknown period and for an encoding that is not in `CODECS`.
    """
    span = parse_period(period)
    if span is None or encoding not in CODECS:
        raise ValueError(f"no such period or encoding: {period}, {encoding}")
    words = _Words(span, CODECS[encoding])
    header = ",".join(column.label for column in CASES.columns) + "\r\n"
    with path.open("wb") as out:
        out.write(header.encode(encoding))
        for drawn in chunks(rows, span, seed):
            out.write(_text(words.columns(drawn)))
            told(len(drawn.accepted))


class _Words:
    """The cells a file of one period can hold, encoded once; columns are taken from them."""

    def __init__(self, span: Period, codec: str) -> None:
        self.codec = codec
        days = days_of(span)
        self.ids = self.encoded(f"{CITY_CODE}{day:%Y%m%d}" for day in days)
        self.days = self.encoded([*map(str, days), ""])  # the last is also index -1
        self.no_day = len(days)
        self.items = self.encoded(name for _, name, _ in ITEMS)
        self.departments = self.encoded(DEPARTMENTS)
        self.districts = self.encoded(PLACES)
        self.channels, self.states = self.encoded(CHANNELS), self.encoded(STATES)
        self.period = self.encoded([span.id])
        self.closing = self.encoded([f"{as_of_text(span)},{span.end},{MARK}\r\n"])

    def encoded(self, words: Iterable[str]) -> pa.Array:
        """The words as bytes of the file's encoding."""
        return pa.array([word.encode(self.codec) for word in words], pa.binary())

    def columns(self, drawn: Drawn) -> list[Any]:
        """The cells of every row, in the template's order; the last ends the line."""
        finished = np.where(drawn.finished < 0, self.no_day, drawn.finished)
        return [
            self.period[0],
            case_ids(self.ids, drawn),
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


def case_ids(by_day: pa.Array, drawn: Drawn) -> pa.Array:
    """The number of every case: what its day's begin with, and its place among them."""
    serial = pc.utf8_lpad(pa.array(drawn.serial).cast(pa.string()), 6, "0").cast(by_day.type)
    return pc.binary_join_element_wise(
        by_day.take(pa.array(drawn.accepted)), serial, _nothing(by_day)
    )


def _nothing(like: pa.Array) -> pa.Scalar:
    return pa.scalar(b"", pa.binary()).cast(like.type)


def _text(columns: list[Any]) -> memoryview:
    """The lines of a chunk, back to back: the value buffer of the joined rows."""
    lines = pc.binary_join_element_wise(*columns, b",")
    return memoryview(lines.buffers()[2])[: pc.sum(pc.binary_length(lines)).as_py()]
