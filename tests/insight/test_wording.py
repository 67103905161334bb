"""How figures are written."""

from decimal import Decimal

import pytest

from lib.insight.wording import computed, in_full, in_short, percent
from lib.queries.facts import fact_book


@pytest.mark.parametrize(
    ("metric", "district", "full", "short"),
    [
        ("power_claim_rate", "liyang", "85.40%", "85.40%"),
        ("power_claim_rate", "xinbei", "低于70%", "<70%"),
        ("suqitong_amount", "city", "近3亿元", "近3亿元"),
        ("suqitong_entities", "city", "2万余家", "2万余家"),
        ("staff_target", "city", "不少于1000人", "≥1000人"),
        ("mobile_apps", "city", "超600个", ">600个"),
        ("archive_queries", "city", "近千份", "近千份"),
        ("mobile_standard_rank", "city", "第五", "第五"),
        ("roster_wujin_points_new", "wujin", "两家", "两家"),
    ],
)
def test_figures_are_written_as_the_source_wrote_them(
    metric: str, district: str, full: str, short: str
) -> None:
    fact = fact_book("R0001", "2022H1").get(metric, district)
    assert (in_full(fact), in_short(fact)) == (full, short)


def test_missing_is_an_em_dash() -> None:
    assert (in_full(None), in_short(None), computed(None, "个")) == ("—", "—", "—")


def test_computed_figures() -> None:
    assert computed(Decimal("1000000"), "元") == "100万元"
    assert computed(Decimal("201.0000"), "个") == "201个"
    assert percent(Decimal("0.71")) == "71.0%"
    assert percent(Decimal("0.12345")) == "12.3%"
