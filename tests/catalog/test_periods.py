"""Periods: their days, names and order, and the share of a year that is gone."""

import datetime as dt

import pytest

from lib.catalog.periods import elapsed_share, is_over, parse_period


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2022H1", "2022-01-01", "2022-06-30", "2022年上半年"),
        ("2022Q3", "2022-07-01", "2022-09-30", "2022年三季度"),
        ("2022M07", "2022-07-01", "2022-07-31", "2022年7月"),
        ("2022", "2022-01-01", "2022-12-31", "2022年"),
    ],
)
def test_a_period_knows_its_days_and_its_name(text: str, start: str, end: str, label: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (str(period.start), str(period.end), period.label) == (start, end, label)


@pytest.mark.parametrize("text", ["2022H3", "2022Q0", "22H1", "2022.6", "上半年", "2022H"])
def test_what_is_no_period_is_refused(text: str) -> None:
    assert parse_period(text) is None


def test_periods_sort_by_their_last_day() -> None:
    names = ["2022", "2022H1", "2021H2", "2022Q1"]
    periods = [period for name in names if (period := parse_period(name))]
    assert [period.id for period in sorted(periods)] == ["2021H2", "2022Q1", "2022H1", "2022"]


def test_the_share_of_the_year_gone() -> None:
    assert elapsed_share(dt.date(2022, 12, 31), "2022H2") == 1.0
    assert round(elapsed_share(dt.date(2022, 7, 31), "2022H1"), 4) == 0.5808
    assert elapsed_share(dt.date(2024, 12, 31), "2024") == 1.0


@pytest.mark.parametrize(
    ("day", "period", "share"),
    [
        ("2021-12-31", "2022H1", 0.0), ("2022-01-01", "2022H1", 1 / 365),
        ("2022-12-31", "2022H2", 1.0), ("2022-12-31", "2022H1", 1.0),
        ("2023-01-05", "2022H2", 1.0), ("2023-01-05", "2022", 1.0), ("2024-12-30", "2024", 365 / 366),
    ],
)  # fmt: skip
def test_the_year_gone_is_that_of_the_period_and_never_more_than_all_of_it(
    day: str, period: str, share: float
) -> None:
    assert elapsed_share(dt.date.fromisoformat(day), period) == share
    assert is_over(dt.date.fromisoformat(day), period) == (day == "2023-01-05")
