"""Rows of one table that have the same key: equal ones become one, others are a problem."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Dataset
from lib.intake.check.hashing import hashes
from lib.intake.issues import Issue
from lib.intake.schema import SOURCE_NAMES, WRITTEN_NAMES, plain

_EACH = 200  # repeated rows of one kind that are listed one by one


def without_repeats(table: pa.Table, dataset: Dataset) -> tuple[pa.Table, list[Issue]]:
    """The table with equal rows merged; rows of one key that differ are blocking issues."""
    pairs = _pairs(table, dataset)
    if not len(pairs):
        return table, []
    same = _equal(table, pairs)
    issues: list[Issue] = []
    for equal in (True, False):
        found = pairs[same == equal]
        listed = [_repeat(table, dataset, one, two, equal) for one, two in found[:_EACH].tolist()]
        if len(found) > _EACH:
            listed[-1] = replace(listed[-1], count=len(found) - _EACH + 1)
        issues += listed
    kept = np.setdiff1d(np.arange(len(table)), pairs[same][:, 1])
    return table.take(kept) if same.any() else table, sorted(issues, key=lambda i: i.row or 0)


def _pairs(table: pa.Table, dataset: Dataset) -> np.ndarray:
    """Rows that repeat a key, as (first row of the key, row); those of incomplete keys are left."""
    names = ["period", *dataset.key]
    required = [name for name in names if name == "period" or dataset.column(name).required]
    rows = _maybe_repeated(table, names)
    keys = plain(table.select(names).take(rows)).to_pydict()
    first: dict[tuple[object, ...], int] = {}
    pairs = []
    for place, row in enumerate(rows.tolist()):
        if any(keys[name][place] is None for name in required):
            continue  # the key itself is unreadable and has been reported
        seen = first.setdefault(tuple(keys[name][place] for name in names), row)
        if seen != row:
            pairs.append((seen, row))
    return np.array(pairs, np.int64).reshape(-1, 2)


def _maybe_repeated(table: pa.Table, names: list[str]) -> np.ndarray:
    """Rows whose key has the hash of another's: every repeat, and very rarely another row."""
    found = np.zeros(len(table), np.uint64)
    for name in names:
        found = hashes(table[name], found)
    ordered = np.sort(found)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.flatnonzero(np.isin(found, twice)) if len(twice) else np.empty(0, np.int64)


def _equal(table: pa.Table, pairs: np.ndarray) -> np.ndarray:
    """By pair, whether the rows say the same, apart from how names are written."""
    ignored = {*SOURCE_NAMES, *(f"{name}_text" for name in WRITTEN_NAMES)}
    compared = table.select([name for name in table.column_names if name not in ignored])
    one, two = (plain(compared.take(pairs[:, side])) for side in (0, 1))
    same = np.ones(len(pairs), bool)
    for left, right in zip(one.columns, two.columns, strict=True):
        equal = pc.fill_null(pc.equal(left, right), False)
        both_absent = pc.and_(pc.is_null(left), pc.is_null(right))
        same &= pc.or_(equal, both_absent).to_numpy()
    return same


def _repeat(table: pa.Table, dataset: Dataset, first: int, other: int, same: bool) -> Issue:
    one, two = (table.slice(row, 1).to_pylist()[0] for row in (first, other))
    labels = "、".join(dataset.column(name).label for name in dataset.key)
    written = {row.get(f"{name}_text") for row in (one, two) for name in WRITTEN_NAMES} - {None}
    names = (
        f"（写作{'、'.join(f'“{name}”' for name in sorted(written))}）" if len(written) > 1 else ""
    )
    row = two["source_row"]
    if same:
        message = f"与第{one['source_row']}行完全相同{names}，只保留一行"
        return Issue("DUPLICATE_SAME", "提醒", message, "请核对是否重复填报", row=row)
    message = f"{labels}与第{one['source_row']}行相同{names}，内容不同"
    return Issue("DUPLICATE", "阻断", message, "请核对后只保留一行", row=row)
