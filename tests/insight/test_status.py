import datetime as dt
from decimal import Decimal

import pytest

from lib.insight.status import limit_light, progress_light

END_OF_JULY = dt.date(2022, 7, 31)  # 58.08 % of the year gone


@pytest.mark.parametrize(
    ("rate", "word", "shape"),
    [("0.71", "超前", "▲"), ("0.592", "正常", "●"), ("0.5309", "正常", "●"), ("0.53", "滞后", "▼"), ("1.054", "超前", "▲")],
)  # fmt: skip
def test_progress_against_the_schedule(rate: str, word: str, shape: str) -> None:
    light = progress_light(Decimal(rate), END_OF_JULY, "2022H1", caution=5.0)
    assert (light.word, light.shape) == (word, shape)


def test_red_is_only_for_a_limit_passed() -> None:
    assert limit_light(Decimal(1), Decimal(0)).tone == "red"
    assert limit_light(Decimal(0), Decimal(0)).tone == "green"
    assert progress_light(Decimal(0), END_OF_JULY, "2022H1", 5.0).tone == "orange"
