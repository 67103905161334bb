"""What follows from the rows of a part of `cases`: how each case stands, and the tables made from them.

Rows are a table in memory or files too large to hold; the same SQL answers for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa

from lib.catalog.handling import WARN_DAYS
from lib.engine.copying import Workshop
from lib.intake.schema import SUMMARY_SCHEMAS

Rows: TypeAlias = pa.Table | Sequence[Path]
SUMMARIES = tuple(SUMMARY_SCHEMAS)


@cache
def sql_text(name: str) -> str:
    """The SQL of a step, as in its file."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


def show_standing(shop: Workshop) -> None:
    """Let a workshop that shows `cases_read` show `cases`, with status and days."""
    shop.show("warn_days", pa.table({"days": pa.array([WARN_DAYS], pa.int32())}))
    shop.view("cases", sql_text("handled"))


@contextmanager
def _over(rows: Rows, written: Path) -> Iterator[Workshop]:
    """A workshop with the view `cases` that may write beside a path."""
    read = set() if isinstance(rows, pa.Table) else {path.parent for path in rows}
    with Workshop([*read, written.parent]) as shop:
        if isinstance(rows, pa.Table):
            shop.show("cases_read", rows)
            show_standing(shop)
        else:
            shop.parquet("cases", rows)
        yield shop


def write_cases(rows: pa.Table, path: Path) -> None:
    """Write rows of `schema(CASES)` as Parquet with status and days; the period is in the folder's name."""
    with _over(rows, path) as shop:
        shop.copy("SELECT * EXCLUDE (period) FROM cases", path)


def write_summary(name: str, rows: Rows, path: Path) -> None:
    """Write one of `SUMMARIES` of a part, made from its rows in memory or its written files."""
    with _over(rows, path) as shop:
        shop.copy(sql_text(name), path)
