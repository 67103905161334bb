"""How an upload meets what is live: the declared publish modes and the one way they are applied."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Dataset
from lib.compare import Key, conform, keys, positions, same_content
from lib.intake.schema import schema, stored_names


@dataclass(frozen=True)
class Mode:
    """What an upload may do to the live rows of one dataset and period.

    adds:    keys that are not live;  changes: rows whose content differs
    removes: live rows the upload does not hold
    """

    id: str
    label: str
    help: str
    adds: bool
    changes: bool
    removes: bool


REPLACE = Mode(
    "replace",
    "整期替换",
    "文件就是这一期的全部数据；线上有、文件里没有的行会去掉",
    True,
    True,
    True,
)
CORRECT = Mode(
    "correct", "更正", "只改线上已有的行，其余不动；文件里的新行不收", False, True, False
)
ADD = Mode("add", "补充", "只加线上没有的行，其余不动；与线上不同的行不收", True, False, False)
MERGE = Mode(
    "merge", "更正并补充", "改已有的行，也加没有的行；文件里没有的行不动", True, True, False
)
MODES = (REPLACE, CORRECT, ADD, MERGE)
MODE_BY_ID = {mode.id: mode for mode in MODES}


@dataclass(frozen=True)
class Applied:
    """`table`: the whole part after the mode; `refused`: keys it may not touch, left as live."""

    table: pa.Table
    refused: tuple[Key, ...]


def apply(dataset: Dataset, mode: Mode, live: pa.Table | None, rows: pa.Table) -> Applied:
    """Apply one upload's rows to one dataset and period. Keys are unique within each table.

    A row equal to the live one is never a problem. Unless the whole part is replaced, columns a
    source row says nothing about (`source_columns`) keep their live values. Live rows keep their order, new ones follow.
    """
    rows = conform(dataset, rows)
    live = schema(dataset).empty_table() if live is None else conform(dataset, live)
    at = positions(dataset, live, rows)
    known = pc.is_valid(at).to_numpy(zero_copy_only=False)
    where = at.drop_null().to_numpy()
    differs = known.copy()
    before = live.take(pa.array(where))
    matched = rows.filter(pa.array(known))
    if not mode.removes:
        matched = _completed(dataset, before, matched)
        rows = _put_back(rows, matched, known)
    same = same_content(dataset, before, matched)
    differs[known] = ~same.to_numpy(zero_copy_only=False)
    refused = (~known & (not mode.adds)) | (differs & (not mode.changes))
    names = keys(dataset, rows.filter(pa.array(refused)))
    if mode.removes:
        return Applied(rows.filter(pa.array(~refused)), names)
    changed, added = differs & ~refused, ~known & ~refused
    order = np.arange(len(live))
    order[where[changed[known]]] = len(live) + np.arange(changed.sum())
    order = np.concatenate([order, len(live) + changed.sum() + np.arange(added.sum())])
    pool = pa.concat_tables([live, rows.filter(pa.array(changed)), rows.filter(pa.array(added))])
    return Applied(pool.take(pa.array(order)), names)


def _completed(dataset: Dataset, live: pa.Table, rows: pa.Table) -> pa.Table:
    """Rows with the live values of the columns their source said nothing about."""
    given = rows["source_columns"]
    for told in given.unique().drop_null().to_pylist():
        of_source = pc.fill_null(pc.equal(given, told), False)
        for column in dataset.columns:
            for name in () if column.name in told.split(",") else stored_names(column):
                kept = pc.if_else(of_source, live[name], rows[name])
                rows = rows.set_column(rows.schema.get_field_index(name), name, kept)
    return rows


def _put_back(rows: pa.Table, matched: pa.Table, known: np.ndarray) -> pa.Table:
    """The rows with the known ones replaced, in their order."""
    order = np.empty(len(rows), "int64")
    order[known] = np.arange(known.sum())
    order[~known] = known.sum() + np.arange((~known).sum())
    pool = pa.concat_tables([matched, rows.filter(pa.array(~known))])
    return pool.take(pa.array(order))
