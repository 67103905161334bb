"""Which rows of a large regular text may be something else than data: looked for by distinct cells.

Only those rows are then taken apart one by one, by `body.split`. A row too many costs a moment, a
row too few would be a total or a remark read as data; every test here is wider than the body's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.places import clean_name
from lib.intake.large.cells import Cells
from lib.intake.locate.body import LONG, opens_remark
from lib.intake.locate.headings import TOTALS
from lib.intake.words.buffers import is_ascii

# Digits, or printable ASCII without what could be a telephone or identity number or an address.
_DIGITS, _ASCII, _NUMBER = r"^[0-9]+$", r"^[!-~]+$", r"[0-9()-]{9,}|@"
Test = Callable[[str], bool]


def suspects(columns: Sequence[Cells], keys: Sequence[int], labels: set[str]) -> np.ndarray:
    """Positions of rows that may be blank, totals, remarks, personal lines or headers, ascending.

    keys: the columns in which a total may be named; labels: the words of the header row
    """
    found = [_hollow(columns, labels), *_by_first_cell(columns)]
    found += [_totals(columns[key]) for key in keys]
    return reduce(np.union1d, found)


def _hollow(columns: Sequence[Cells], labels: set[str]) -> np.ndarray:
    """Rows without a cell that only data has: blank ones, repeated headers, a remark filled across."""

    def hollow(text: str) -> bool:
        clean = clean_name(text)
        return not clean or len(clean) > LONG or "：" in clean or "。" in clean or clean in labels

    rows = np.arange(len(columns[0]))
    for column in sorted(columns, key=lambda cells: cells.codes is None):
        rows = rows[_tested(column, rows, hollow)]
    return rows


def _by_first_cell(columns: Sequence[Cells]) -> list[np.ndarray]:
    """Rows whose first written cell is a total's, or opens a remark or a personal line."""
    found, rows = [], np.arange(len(columns[0]))
    for column in columns:
        found.append(_matching(column, rows, lambda text: _is_total(text) or opens_remark(text)))
        rows = _matching(column, rows, lambda text: not clean_name(text))
    return found


def _totals(column: Cells) -> np.ndarray:
    if column.codes is None and is_ascii(column.words):
        return np.zeros(0, np.int64)
    return _matching(column, np.arange(len(column)), _is_total)


def _is_total(text: str) -> bool:
    return clean_name(text) in TOTALS


def _matching(column: Cells, rows: np.ndarray, test: Test) -> np.ndarray:
    """Of some rows, those whose cell passes a test that plain ASCII never passes."""
    if column.codes is None and len(rows):
        rows = rows[
            _worth_testing(column.words).take(pa.array(rows)).to_numpy(zero_copy_only=False)
        ]
    found: np.ndarray = rows[_tested(column, rows, test)]
    return found


def _worth_testing(words: pa.Array) -> pa.Array:
    ascii_only = pc.match_substring_regex(words, _ASCII)
    number = pc.match_substring_regex(words, _NUMBER)
    harmless = pc.or_(pc.match_substring_regex(words, _DIGITS), pc.and_not(ascii_only, number))
    return pc.invert(harmless)


def _tested(column: Cells, rows: np.ndarray, test: Test) -> np.ndarray:
    """By row, whether its cell passes; of a coded column every word is tested once."""
    if not len(rows):
        return np.zeros(0, bool)
    if column.codes is None:
        return np.array([test(text) for text in column.chosen(rows).words.to_pylist()], bool)
    passed = np.array([test(text) for text in column.words.to_pylist()], bool)
    if not passed.any():
        return np.zeros(len(rows), bool)
    by_row: np.ndarray = passed[column.codes[rows]]
    return by_row
