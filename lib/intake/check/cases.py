"""Cases whose dates and state contradict each other: said once a rule, with a count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import CASES, Dataset
from lib.intake.issues import Issue

_FIX = "请核对这些办件"


def check_cases(table: pa.Table, dataset: Dataset) -> list[Issue]:
    """Warn of promised days before the day of acceptance, and of states without their day."""
    if dataset is not CASES:
        return []
    finished, state = pc.is_valid(table["finished_on"]), table["state"]
    told = table["source_columns"][0].as_py().split(",") if len(table) else []
    if "finished_on" not in told:
        state = pa.chunked_array([pa.nulls(len(table), pa.string())])  # nothing is said of it
    done, open_ = (_is(state, word) for word in ("已办结", "办理中"))
    early = pc.less(table["due_on"], table["accepted_on"])
    found = (
        ("CASE_DATES", early, "承诺办结日期早于受理日期", "due_on"),
        ("CASE_STATE", pc.and_not(done, finished), "状态是已办结，却没有办结日期", "finished_on"),
        ("CASE_STATE", pc.and_(open_, finished), "状态是办理中，却有办结日期", "finished_on"),
    )
    issues = []
    for code, mask, message, column in found:
        rows = np.flatnonzero(pc.fill_null(mask, False).to_numpy())
        if len(rows):
            first = table["source_row"][int(rows[0])].as_py()
            issue = Issue(code, "提醒", message, _FIX, row=first, count=len(rows))
            issues.append(replace(issue, column=dataset.column(column).label))
    return issues


def _is(column: pa.ChunkedArray, word: str) -> pa.ChunkedArray:
    """Whether a text is a word; a dictionary's codes are looked up first."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pc.fill_null(pc.equal(column, word), False)
