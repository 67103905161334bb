"""Drafts of a few rows, as reading would make them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from hashlib import sha256

import pyarrow as pa

from lib.catalog.datasets import STAFF, WARNINGS
from lib.intake.draft import Draft
from lib.intake.schema import schema

AS_OF = dt.date(2022, 6, 30)
Row = tuple[str, str, int | None]


def table(rows: list[Row], file: str = "预警.csv", note: str | None = None) -> pa.Table:
    """warnings rows of (period, department, 预警件数), numbered like the lines of a file."""
    made = [
        {
            "period": period, "department": department, "department_text": department,
            "warning": None if count is None else Decimal(count),
            "warning_text": None if count is None else str(count),
            "unit": "件", "as_of": AS_OF, "section": "三（三）", "note": note, "source_file": file, "source_row": line,
            "source_sha256": sha256(file.encode()).hexdigest(),
        }
        for line, (period, department, count) in enumerate(rows, start=2)
    ]  # fmt: skip
    return pa.Table.from_pylist(made, schema=schema(WARNINGS))


def draft(*rows: Row, file: str = "预警.csv", **fields: object) -> Draft:
    """A draft of warnings rows."""
    digest = sha256(file.encode()).hexdigest()
    return Draft(file, digest, WARNINGS, table(list(rows), file), (), **fields)  # type: ignore[arg-type]


def staff(period: str, trained: int, file: str = "专员.csv") -> Draft:
    """A draft of one staff row: 全市, trained."""
    row = {
        "period": period, "district": "city", "district_text": "全市",
        "trained": Decimal(trained), "trained_text": str(trained), "unit": "人", "as_of": AS_OF,
        "source_file": file, "source_row": 2,
    }  # fmt: skip
    digest = sha256(file.encode()).hexdigest()
    return Draft(file, digest, STAFF, pa.Table.from_pylist([row], schema=schema(STAFF)), ())
