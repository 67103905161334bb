"""What follows from the rows of a part of `cases`: each case's status, the summed tables, the hash.

Rows are a table in memory or files too large to hold; the same SQL answers for both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa

from lib.catalog.handling import ATTENTION, WARN_DAYS
from lib.engine.copying import Workshop

Rows: TypeAlias = pa.Table | Sequence[Path]
SUMMARIES = ("case_cube", "case_months")

# Those that need attention first, for who lists them to read little else.
_LISTED = ", ".join(f"'{status}'" for status in ATTENTION)
IN_ORDER = f"status NOT IN ({_LISTED}), department, status, days DESC NULLS LAST, case_id"


@cache
def sql_text(name: str) -> str:
    """The SQL of a step, as in its file."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


def show_rule(shop: Workshop) -> None:
    """Let `handled.sql` know how near the promised day a case is warned of."""
    shop.show("warn_days", pa.table({"days": pa.array([WARN_DAYS], pa.int32())}))


@contextmanager
def _over(rows: Rows, *written: Path) -> Iterator[Workshop]:
    """A workshop with the view `cases`, with status and days, that may write beside some paths."""
    read = set() if isinstance(rows, pa.Table) else {path.parent for path in rows}
    with Workshop([*read, *{path.parent for path in written}]) as shop:
        if isinstance(rows, pa.Table):
            shop.show("cases_read", rows)
            show_rule(shop)
            shop.view("cases", sql_text("handled"))
        else:
            shop.parquet("cases", rows)
        yield shop


def write_cases(rows: pa.Table, path: Path) -> None:
    """Write rows of `schema(CASES)` as Parquet with status and days; the period is in the folder's name."""
    with _over(rows, path) as shop:
        shop.copy(f"SELECT * EXCLUDE (period) FROM cases ORDER BY {IN_ORDER}", path)


def write_summary(name: str, rows: Rows, path: Path) -> None:
    """Write one of `SUMMARIES` of a part, read from memory or from its written files."""
    with _over(rows, path) as shop:
        shop.copy(sql_text(name), path)


def digest_of_cases(rows: Rows) -> str:
    """SHA-256 over how many rows there are and the sums of their hashes: whatever their order."""
    with _over(rows) as shop:
        return digest_in(shop)


def digest_in(shop: Workshop) -> str:
    """The hash of what a workshop shows as `cases`."""
    found = shop.ask(sql_text("digest")).to_pylist()[0]
    return hashlib.sha256("/".join(map(str, found.values())).encode()).hexdigest()
