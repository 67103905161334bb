import datetime as dt
from decimal import Decimal

import pytest

from lib.catalog.metrics import METRICS
from lib.insight.status import NO_DEADLINE, limit_light, progress_light
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


def test_only_a_goal_stated_for_the_year_is_held_against_the_calendar() -> None:
    assert [metric.id for metric in METRICS if metric.yearly] == [
        "center_county_completed", "center_point_completed", "staff_trained",
    ]  # fmt: skip
    assert progress_light(Decimal("0.592"), stated("mobile_standard_connected")) == NO_DEADLINE
    assert NO_DEADLINE.gap is None
