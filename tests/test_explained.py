"""Which names explain themselves, and that saying so costs a page little."""

from __future__ import annotations

import json
import re

import pytest

from lib import markup
from lib.catalog.metrics import METRIC_BY_ID
from lib.insight.cells import figure
from lib.insight.overview import overview
from lib.insight.table import table
from lib.queries.facts import fact_book
from lib.selection import Selection
from lib.views.centers import centers
from lib.views.warnings import warnings
from tests.inside import get

TERM = re.compile(r'<a class="tb-go tb-term" href="dictionary\?metric=([^"]+)">([^<]+)</a>')


def explained(html: str) -> list[tuple[str, str]]:
    """The names of a block that explain themselves, each with the metric it names."""
    return [(name, metric) for metric, name in TERM.findall(html)]


def test_a_column_of_one_metric_explains_itself(whole_city: Selection) -> None:
    html = markup.table(warnings(whole_city).table)
    assert explained(html) == [("预警件数", "warning_count"), ("超期件数", "overdue_count")]


def test_names_of_metrics_in_rows_explain_themselves(whole_city: Selection) -> None:
    fact = fact_book("R0001", "2022H1").get("warning_count")
    rows = (("网办预警", figure("140", [fact])), ("没有数的", "—"))
    assert explained(markup.table(table(("指标", "数值"), rows))) == [("网办预警", "warning_count")]


def test_columns_that_share_a_metric_are_told_by_their_heading(whole_city: Selection) -> None:
    fact = fact_book("R0001", "2022H1").get("warning_count")
    rows = (("全市", figure("140", [fact]), figure("141", [fact])),)
    assert explained(markup.table(table(("地区", "上期", "本期"), rows))) == []
    assert explained(markup.heading("网办预警", metrics=("warning_count",))) == [
        ("网办预警", "warning_count")
    ]


def test_every_card_explains_its_title(whole_city: Selection) -> None:
    cards = overview(whole_city).cards
    assert explained(markup.cards(cards)) == [(card.title, card.metric) for card in cards]


def test_what_is_said_of_a_metric_is_what_the_catalog_declares() -> None:
    status, headers, body = get("terms.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    said = json.loads(body)
    assert set(said) == set(METRIC_BY_ID)
    assert said["overdue_count"] == [
        "网办超期件数", METRIC_BY_ID["overdue_count"].definition, "件", "通报三（三）（网办响应）",
    ]  # fmt: skip


@pytest.mark.parametrize("make", [centers, warnings], ids=lambda make: make.__name__)
def test_explaining_names_adds_little_to_a_table(whole_city: Selection, make: object) -> None:
    html = markup.table(make(whole_city).table)  # type: ignore[operator]
    bare = TERM.sub(r"\2", html)
    assert len(html) <= 1.05 * len(bare)
