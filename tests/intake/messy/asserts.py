"""How a reading is looked at in the acceptance tests: problems, questions and rows as plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lib.catalog.places import clean_name
from lib.intake import reading as intake
from lib.intake.draft import Draft

from .build import GENERATED, committed

Problem = tuple[str, str, int | None, str]

# Said of a whole column, and of a whole table, sheet or file: where is not a cell.
_OF_A_COLUMN = frozenset({"COLUMN_UNKNOWN", "COLUMN_TWICE", "SCALE", "LEVEL_AMBIGUOUS"})
_OF_A_TABLE = frozenset(
    {"HEADER", "DATASET", "HIDDEN", "SHEET", "PERIOD", "PERSONAL", "FILE_TYPE", "FILE_SIZE",
     "FILE_DAMAGED", "FILE_EMPTY"}
)  # fmt: skip


def sample(name: str) -> bytes:
    """The bytes of a committed or generated sample."""
    return GENERATED[name]() if name in GENERATED else committed()[name].read_bytes()


def read(name: str, choices: Mapping[str, str] | None = None) -> intake.Reading:
    """A sample, read with the given decisions."""
    return intake.read_file(sample(name), name, choices or {})


def problems(reading: intake.Reading) -> list[Problem]:
    """All that blocks or warns as (code, severity, row, column), by code and place.

    Without AS_OF: most of these files have no date of their own; M06 and M27 test that warning.
    A draft is blocked exactly where something blocks.
    """
    found = set()
    for issue in reading.issues:
        if issue.severity == "说明" or issue.code == "AS_OF":
            continue
        table, column = issue.code in _OF_A_TABLE, issue.code in _OF_A_COLUMN
        row = None if table or column else issue.row
        found.add((issue.code, issue.severity, row, "" if table else clean_name(issue.column)))
    blocks = any(issue.severity == "阻断" for issue in reading.issues)
    assert blocks == (not reading.drafts or any(draft.blocked for draft in reading.drafts))
    return sorted(found, key=lambda p: (p[0], p[2] or 0, p[3]))


def told(reading: intake.Reading) -> set[str]:
    """The codes of what the file was merely told about (说明)."""
    return {issue.code for issue in reading.issues if issue.severity == "说明"}


def times(reading: intake.Reading, code: str) -> int:
    """How many cells or rows a code speaks of, however they were gathered into issues."""
    return sum(issue.count for issue in reading.issues if issue.code == code)


def messages(reading: intake.Reading, code: str) -> str:
    """Everything said under a code, fix included."""
    return "\n".join(f"{i.message} {i.fix}" for i in reading.issues if i.code == code)


def asked(reading: intake.Reading) -> dict[str, set[str]]:
    """The questions by key, with the values one can answer."""
    return {
        issue.question.key: {value for value, _ in issue.question.options}
        for issue in reading.issues
        if issue.question
    }


def only(reading: intake.Reading) -> Draft:
    """The one table of a reading."""
    (draft,) = reading.drafts
    return draft


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def rows(reading: intake.Reading, *columns: str) -> list[tuple[str | None, ...]]:
    """The one table's stored values by column, as text, in the order of the file."""
    table = only(reading).table
    assert table is not None
    return [tuple(_plain(row[name]) for name in columns) for row in table.to_pylist()]


def stated(reading: intake.Reading, *columns: str) -> list[tuple[str | None, ...]]:
    """`rows` of an indicators table that hold a value, sorted: for tables that were wide."""
    found = rows(reading, "value", *columns)
    return sorted((row[1:] for row in found if row[0] is not None), key=str)
