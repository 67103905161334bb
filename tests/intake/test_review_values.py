"""Values that a format, a date or a state could make mean something else."""

from __future__ import annotations

import pytest

from lib.intake.files.limits import UPLOAD
from lib.intake.files.workbook import workbook_grids
from tests.books import book


@pytest.mark.parametrize(
    ("value", "pattern", "shown", "note"),
    [
        (0.5, '0.00"%"', "0.50%", "percent"),
        (50, "0.00\\%", "50.00%", "percent"),
        (0.5, "0.00%", "50.00%", "percent"),
        (33, '0"万"', "33万", None),
        (3.26, '0.0"亿"', "3.3亿", "rounded"),
        (33, '#,##0"万元"', "33万", None),
        (123456, '0!.0,"万"', "123456", None),
        (31, '0"件"', "31", None),
        (31, '0.0_);[Red]\\-0.0', "31.0", None),
        (31, '0;"负"0"%"', "31", None),
    ],
)
def test_what_a_format_writes_around_a_number_is_read(
    value: float, pattern: str, shown: str, note: str | None
) -> None:
    (grid,) = workbook_grids(book({"一": [[(value, pattern)]]}), UPLOAD)
    assert (grid.rows, grid.notes) == ([[shown]], {(0, 0): note} if note else {})
