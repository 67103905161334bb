"""位次: exact among exact figures, a range where bounds leave it open, nothing where nothing was given."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.insight.standing import comparable, standing
from lib.queries.facts import FactBook, fact_book


def text(metric: str, place: str) -> str | None:
    found = standing(fact_book("R0001", "2022H1"), metric, place)
    return found.text if found else None


@pytest.mark.parametrize(
    ("metric", "place", "expected"),
    [
        ("instant_rate", "liyang", "第1（共3）"),
        ("instant_rate", "xinbei", "第3（共3）"),
        ("power_claim_rate", "liyang", "第1（共5）"),
        ("power_claim_rate", "xinbei", "第2至5（共5）"),
        ("power_claim_rate", "wujin", None),
        ("warning_count", "education", "由多到少第1（共16）"),
        ("overdue_count", "education", "由多到少并列第4（共8）"),
        ("behaviour_coverage", "education", "并列第1（共10）"),
        ("behaviour_coverage", "health", "第1至8（共10）"),
        ("center_point_upgraded", "liyang", "并列第1（共7）"),
        ("faceless_rate", "zhonglou", None),
    ],
)
def test_a_place_stands_where_its_wording_allows(metric, place, expected) -> None:
    assert text(metric, place) == expected


def test_equal_exact_figures_share_a_position_and_the_next_one_skips() -> None:
    places = ("wujin", "xinbei", "liyang", "tianning", "zhonglou")
    assert [text("center_town_upgraded", place) for place in places] == [
        "并列第1（共7）",
        "并列第1（共7）",
        "并列第3（共7）",
        "并列第3（共7）",
        "并列第5（共7）",
    ]


def test_a_bound_that_could_be_anywhere_spans_all_positions() -> None:
    book = fact_book("R0001", "2022H1")
    own = replace(book.get("instant_rate", "liyang"), qualifier="约")
    altered = FactBook(
        tuple(own if f.metric == "instant_rate" and f.district == "liyang" else f for f in book)
    )
    found = standing(altered, "instant_rate", "liyang")
    assert (found.best, found.worst) == (1, 3)
    lower = replace(own, qualifier=None, value=Decimal(1))
    altered = FactBook(
        tuple(lower if f.metric == "instant_rate" and f.district == "liyang" else f for f in book)
    )
    assert standing(altered, "instant_rate", "liyang").text == "第3（共3）"


def test_only_figures_three_places_of_a_kind_gave_are_compared() -> None:
    book = fact_book("R0001", "2022H1")
    assert comparable(book, DEPARTMENT_IDS) == [
        "warning_count", "overdue_count", "behaviour_coverage", "supervision_adopted",
    ]  # fmt: skip
    assert "service_fund" not in comparable(book, DISTRICT_IDS)
    assert standing(book, "service_fund", "xinbei") is None
