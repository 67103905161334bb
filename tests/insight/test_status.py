"""Lights: progress against the calendar, limits, dates."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.catalog.metrics import METRICS
from lib.insight.status import NO_DEADLINE, limit_light, pace, progress_light
from lib.queries.facts import Fact, fact_book


def stated(metric: str) -> Fact:
    """A figure of the first half of 2022, of the end of July: 58.08 % of the year gone."""
    found = fact_book("R0001", "2022H1").get(metric)
    assert found is not None
    assert found.as_of == dt.date(2022, 7, 31)
    return found


@pytest.mark.parametrize(
    ("rate", "word", "shape"),
    [("0.71", "超前", "▲"), ("0.592", "正常", "●"), ("0.5309", "正常", "●"), ("0.53", "滞后", "▼"), ("1.054", "超前", "▲")],
)  # fmt: skip
def test_progress_against_the_schedule(rate: str, word: str, shape: str) -> None:
    light = progress_light(Decimal(rate), stated("staff_trained"))
    assert (light.word, light.shape) == (word, shape)


def test_red_is_only_for_a_limit_passed() -> None:
    assert limit_light(Decimal(1), Decimal(0)).tone == "red"
    assert limit_light(Decimal(0), Decimal(0)).tone == "green"
    assert progress_light(Decimal(0), stated("staff_trained")).tone == "orange"


@pytest.mark.parametrize(
    ("day", "text", "words"),
    [
        ("2022-07-31", "7月底", "比7月底序时进度快31.9个百分点"),
        ("2022-12-31", "12月底", "比12月底序时进度慢10.0个百分点"),
        ("2023-01-05", "1月5日", "比全年进度（100%）慢10.0个百分点"),
        ("2021-12-31", "去年底", "比去年底序时进度快90.0个百分点"),
    ],
)
def test_a_date_after_the_year_is_held_against_the_whole_year(
    day: str, text: str, words: str
) -> None:
    done = replace(stated("staff_trained"), as_of=dt.date.fromisoformat(day), as_of_text=text)
    assert pace(progress_light(Decimal("0.9"), done), done) == words


def test_only_a_goal_stated_for_the_year_is_held_against_the_calendar() -> None:
    assert [metric.id for metric in METRICS if metric.yearly] == [
        "center_county_completed", "center_point_completed", "staff_trained",
    ]  # fmt: skip
    assert progress_light(Decimal("0.592"), stated("mobile_standard_connected")) == NO_DEADLINE
    assert NO_DEADLINE.gap is None
