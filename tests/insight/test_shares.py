"""What is said of shares of cases: nothing that is not whole reads as whole."""

from __future__ import annotations

import pytest

from lib.insight.caseload import STATUS_IDS, Tally, portion
from lib.views.case_groups import rate_cells


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "—"),
        (0, 100_000, "0.0%"),
        (49, 100_000, "<0.1%"),
        (50, 100_000, "0.1%"),
        (99_949, 100_000, "99.9%"),
        (99_950, 100_000, ">99.9%"),
        (99_999, 100_000, ">99.9%"),
        (100_000, 100_000, "100.0%"),
    ],
)
def test_only_nothing_is_0_and_only_all_of_it_is_100(part: int, whole: int, said: str) -> None:
    assert portion(part, whole) == said


def test_a_rate_with_a_late_case_is_below_100() -> None:
    counts = {"on_time": 99_990, "close": 6, "late": 4}
    tally = Tally(tuple(counts.get(status, 0) for status in STATUS_IDS))
    assert rate_cells(tally)[:2] == ("100000", ">99.9%")
