"""Invented cases as Parquet in the `cases` template, every row marked 演示数据.

The same cases as in `cases`, for sizes at which CSV takes too long; columns are written from their
dictionaries, so a row costs little more than its number.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lib.catalog.datasets import CASES, CHANNELS, STATES
from lib.catalog.periods import Period, parse_period
from lib.demo.cases import CITY_CODE, DEPARTMENTS, MARK, PLACES, Told, as_of_text, case_ids
from lib.demo.drawn import ITEMS, SEED, Drawn, Indices, chunks, days_of

_DICTIONARY = pa.dictionary(pa.int16(), pa.string())


def write_parquet(
    path: Path, rows: int, *, period: str = "2022H1", seed: int = SEED,
    told: Told = lambda _rows: None,
) -> None:  # fmt: skip
    """Write `rows` invented cases in order of acceptance, a row group a chunk.

    told: called with the number of rows of every chunk that was written
    Raises ValueError for an unknown period.
    """
    span = parse_period(period)
    if span is None:
        raise ValueError(f"no such period: {period}")
    columns = _Columns(span)
    repeating = [column.label for column in CASES.columns if column.name not in CASES.key]
    with pq.ParquetWriter(
        path, columns.schema, compression="zstd", compression_level=1,
        use_dictionary=repeating,
    ) as out:  # fmt: skip
        for drawn in chunks(rows, span, seed):
            out.write_batch(columns.batch(drawn))
            told(len(drawn.accepted))


class _Columns:
    """The columns a file of one period has: dictionaries made once, indices by chunk."""

    def __init__(self, span: Period) -> None:
        days = days_of(span)
        self._ids = pa.array([f"{CITY_CODE}{day:%Y%m%d}" for day in days])
        self._first = np.datetime64(span.start, "D").astype(np.int32)
        self._same = {
            "period": pa.array([span.id]), "as_of_text": pa.array([as_of_text(span)]),
            "as_of": pa.array([span.end]), "note": pa.array([MARK]),
        }  # fmt: skip
        departments = list(dict.fromkeys(DEPARTMENTS))
        self._department = np.array([departments.index(name) for name in DEPARTMENTS])
        self._words = {
            "district": pa.array(PLACES), "department": pa.array(departments),
            "item": pa.array([name for _, name, _ in ITEMS]),
            "channel": pa.array(CHANNELS), "state": pa.array(STATES),
        }  # fmt: skip
        self.schema = pa.schema(
            [(column.label, self._type(column.name)) for column in CASES.columns]
        )

    def _type(self, column: str) -> pa.DataType:
        if column == "case_id":
            return pa.string()
        return pa.date32() if column.endswith("_on") or column == "as_of" else _DICTIONARY

    def batch(self, drawn: Drawn) -> pa.RecordBatch:
        """The rows of one chunk."""
        count = len(drawn.accepted)
        made: dict[str, pa.Array] = {"case_id": case_ids(self._ids, drawn)}
        for name, word in self._same.items():
            made[name] = _repeated(word, count)
        for name, words in self._words.items():
            at = self._department[drawn.item] if name == "department" else getattr(drawn, name)
            made[name] = _from(words, at)
        for name in ("accepted", "due", "finished"):
            made[f"{name}_on"] = self._dates(getattr(drawn, name))
        return pa.RecordBatch.from_arrays(
            [made[column.name] for column in CASES.columns], schema=self.schema
        )

    def _dates(self, days: Indices) -> pa.Array:
        numbers = (self._first + days).astype(np.int32)
        return pa.array(numbers, mask=days < 0).cast(pa.date32())


def _from(words: pa.Array, at: Indices) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(at.astype(np.int16)), words)


def _repeated(word: pa.Array, count: int) -> pa.Array:
    if pa.types.is_date(word.type):
        return pa.repeat(word[0], count)
    return _from(word, np.zeros(count, np.int64))
