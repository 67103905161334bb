"""A second and third period are simply uploaded; comparisons and renamed levels follow by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from lib.insight.overview import overview
from lib.insight.reconcile import reconcile
from lib.insight.trend import change, earlier, history
from lib.queries.facts import fact_book
from lib.selection import Selection
from lib.store.release import Release
from lib.submission import Received, receive
from lib.views.centers import level_names
from tests.kept import three_periods
from tests.synthetic import PERIODS, synthetic_files


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The shipped period between two made-up ones, each uploaded like any other files."""
    with three_periods(tmp_path_factory.mktemp("three")) as lake:
        live = lake.live()
        assert live is not None
        yield live


@cache
def received(period: str) -> list[Received]:
    files = synthetic_files(period, site_names=True)
    return [
        receive(content, name, sender="government_service", choices={})
        for name, content in files.items()
    ]


def test_the_files_of_another_period_block_nowhere() -> None:
    for period in PERIODS:
        issues = [str(i) for one in received(period) for i in one.reading.issues]
        assert [text for text in issues if text.startswith("[阻断")] == []


def test_all_three_periods_are_held_and_the_made_up_ones_are_marked(release: Release) -> None:
    assert release.periods == ["2021H2", "2022H1", "2022H2"]
    assert release.synthetic == ["2021H2", "2022H2"]


def test_site_levels_are_joined_across_their_new_names(release: Release) -> None:
    points = history(release.id, "center_town_upgraded")
    assert [point.period.id for point in points] == release.periods
    assert all(point.fact is not None for point in points)
    assert level_names("2022H1")["town"] == "为民服务中心"
    assert level_names("2022H2")["town"] == "便民服务中心"
    assert level_names("2022H2")["village"] == "便民服务站"
    now = {fact.district for fact in fact_book(release.id, "2022H2").of("center_village_upgraded")}
    then = {fact.district for fact in fact_book(release.id, "2022H1").of("center_village_upgraded")}
    assert now == then


def test_rules_sentences_and_cards_call_the_sites_what_they_are_called_in_the_period(
    release: Release,
) -> None:
    names = {
        period: [f.name for f in reconcile(release.id, period) if f.rule.endswith("s_sum")][:3]
        for period in ("2022H1", "2022H2")
    }
    assert names == {
        "2022H1": [
            "便利站提升数：分区合计",
            "为民服务中心提升数：分区合计",
            "便民服务中心提升数：分区合计",
        ],
        "2022H2": [
            "便民服务点提升数：分区合计",
            "便民服务中心提升数：分区合计",
            "便民服务站提升数：分区合计",
        ],
    }
    view = overview(Selection(release.id, "2022H2"))
    assert view.cards[0].title == "便民服务点实体运转"
    said = "".join([s.text for s in view.sentences] + [f.name for f in view.findings])
    assert "便民服务点已实体运转" in said
    assert not {name for name in ("为民服务中心", "便利站") if name in said}


def test_a_card_says_what_changed_since_the_half_year_before(release: Release) -> None:
    cards = {card.metric: card for card in overview(Selection(release.id, "2022H1")).cards}
    assert "比2021年下半年（演示数据）＋163人" in cards["staff_trained"].lines
    first = overview(Selection(release.id, "2021H2")).cards
    assert not any("比20" in line for card in first for line in card.lines)


def test_more_than_the_goal_is_neither_capped_nor_an_error(release: Release) -> None:
    cards = {card.metric: card for card in overview(Selection(release.id, "2022H2")).cards}
    assert cards["staff_trained"].value == "1054"
    assert any("105.4%" in line for line in cards["staff_trained"].lines)


def test_a_bound_is_not_compared_and_the_reason_is_given(release: Release) -> None:
    points = {p.period.id: p for p in history(release.id, "power_claim_rate", "xinbei")}
    assert points["2022H1"].fact.qualifier == "低于"
    found = change(points["2021H2"], points["2022H1"])
    assert (found.difference, found.text) == (None, "与2021年下半年（演示数据）不比：有一期是界限")
    assert earlier(release.id, "2021H2") is None


def test_every_period_is_reconciled_on_its_own_without_a_false_alarm(release: Release) -> None:
    for period in PERIODS:
        found = reconcile(release.id, period)
        assert [finding.rule for finding in found] == [
            finding.rule for finding in reconcile(release.id, "2022H1")
        ]
        assert [(f.rule, f.status) for f in found if f.status != "一致"] == [
            ("overdue_within_warnings", "口径说明"),
            ("roster_suqitong_departments", "缺明细"),
        ]
