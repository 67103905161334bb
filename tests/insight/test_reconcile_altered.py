"""Every kind of rule on altered figures and lists: it turns, and it says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.catalog.places import DEPARTMENT_BY_ID
from lib.insight.reconcile import Finding, reconciled
from lib.queries.facts import Fact, FactBook, fact_book
from lib.queries.rosters import Member, RosterBook, roster_book

Figures = Mapping[tuple[str, str], str | None]
Lists = Mapping[str, list[str]]


def facts_with(changes: Figures) -> FactBook:
    """The shipped figures with some written anew: `85 以上`, or taken away with None."""
    kept = {(f.metric, f.department or f.district): f for f in fact_book("R0001", "2022H1")}
    for (metric, place), text in changes.items():
        old = kept.pop((metric, place), None)
        if text is not None:
            kept[metric, place] = written(old or blank(metric, place), text)
    return FactBook(tuple(kept.values()))


def written(fact: Fact, text: str) -> Fact:
    value, _, qualifier = text.partition(" ")
    return replace(fact, value=Decimal(value), value_text=value, qualifier=qualifier or None)


def blank(metric: str, place: str) -> Fact:
    """A figure of a place that stated none, written like another place's."""
    like = fact_book("R0001", "2022H1").of(metric)[0]
    if place in DEPARTMENT_BY_ID:
        return replace(like, district=None, department=place)
    return replace(like, district=place, department=None)


def lists_with(changes: Lists, complete: bool = True) -> RosterBook:
    """The shipped lists with other members: `+id` joins, `-id` leaves, `*` empties the list."""
    shipped = roster_book("R0001", "2022H1")
    rows: list[Member] = []
    for roster in shipped:
        members, change = list(shipped.of(roster)), changes.get(roster, [])
        like = replace(members[0], complete=complete) if change else members[0]
        gone = {text[1:] for text in change if text[0] == "-"}
        if change:
            members = [replace(m, complete=complete) for m in members if m.member not in gone]
        members += [replace(like, member=text[1:]) for text in change if text[0] == "+"]
        rows += [] if "*" in change else members
    return RosterBook(tuple(rows))


def turned(rule: str, figures: Figures, lists: Lists, complete: bool = True) -> Finding | None:
    found = reconciled(facts_with(figures), lists_with(lists, complete))
    return next((finding for finding in found if finding.rule == rule), None)


TOWN, ADDED = "center_town_upgraded", "center_town_added"
ALTERED = [
    (
        "towns_plan", {(TOWN, "city"): "52"}, {},
        ("不一致", "52个", "51个", "计划50＋溧阳市新增1＝51"),
    ),
    (
        "points_plan", {("center_point_planned", "city"): "190"}, {},
        ("缺明细", "200个", "190个", "计划190，没有地区报新增数"),
    ),
    (
        "staff_sum",
        {("staff_trained", place): "110" for place in
         ("liyang", "jintan", "wujin", "xinbei", "tianning", "zhonglou", "jingkai")},
        {}, ("不一致", "775人", "770人", "110＋110＋110＋110＋110＋110＋110＝770"),
    ),
    (
        "staff_sum", {("staff_trained", "liyang"): "110", ("staff_trained", "wujin"): "90"}, {},
        ("缺明细", "775人", "200人", "110＋90＝200；没有数：金坛区、新北区、天宁区、钟楼区、经开区"),
    ),
    (
        "points_completed", {("center_point_completed", "liyang"): "150"}, {},
        ("不一致", "142个", "150个", "150＝150"),
    ),
    (
        "towns_added_within", {(ADDED, "liyang"): "8"}, {},
        ("不一致", "—", "溧阳市超出", "溧阳市8＞7"),
    ),
    (
        "supervision_items_within", {("supervision_items", "city_level"): "3764"}, {},
        ("不一致", "—", "市本级超出", "市本级3764＞3763"),
    ),
    (
        "reports_within", {("supervision_reports", "city_level"): "469"}, {},
        ("不一致", "—", "市本级超出", "市本级469＞468（381＋87）"),
    ),
    (
        "warned_named", {("warning_count", "sports"): None, ("warning_count", "justice"): "2"}, {},
        ("不一致", "名单16个部门", "16个部门有数", "只在名单：市体育局（没有数）；只有数：市司法局（2件）"),
    ),
    (
        "warned_named", {("warning_count", "sports"): "0"}, {},
        ("不一致", "名单16个部门", "15个部门有数", "只在名单：市体育局（0件）；只有数：无"),
    ),
    (
        "town_added_named", {(ADDED, "wujin"): "3"}, {},
        ("不一致", "名单1个地区", "2个地区有数", "只在名单：无；只有数：武进区（3个）"),
    ),
    (
        "public_service_named", {("public_service_claimed", "city_level"): None}, {},
        ("不一致", "名单8个地区", "7个地区有数", "只在名单：市本级（没有数）；只有数：无"),
    ),
    (
        "adopted_named", {}, {"adopted_departments": ["-police"]},
        ("不一致", "名单5个部门", "6个部门有数", "只在名单：无；只有数：市公安局（4条）"),
    ),
    (
        "coverage_full_named", {("behaviour_coverage", "education"): "92"}, {},
        ("不一致", "名单4个部门", "3个部门有数", "只在名单：市教育局（92%）；只有数：无"),
    ),
    (
        "coverage_high_named", {("behaviour_coverage", "health"): "85 低于"}, {},
        ("不一致", "名单8个部门", "7个部门有数", "只在名单：市卫健委（低于85%）；只有数：无"),
    ),
    (
        "coverage_low_named", {("behaviour_coverage", "finance"): "50 超"}, {},
        ("不一致", "名单2个部门", "1个部门有数", "只在名单：市财政局（超50%）；只有数：无"),
    ),
    (
        "coverage_low_named", {("behaviour_coverage", "police"): "12"}, {},
        ("不一致", "名单2个部门", "3个部门有数", "只在名单：无；只有数：市公安局（12%）"),
    ),
    (
        "faceless_below",
        {("faceless_rate", "police"): "97", ("faceless_rate", "press"): "90"}, {},
        (
            "不一致", "名单7个部门", "1个部门有数，1个不低，另有1个低而不在名单",
            "名单上市公安局（97%）；全市（96.34%）；不低的：市公安局（97%）；低而不在名单：市新闻出版局（90%）",
        ),
    ),
    (
        "instant_below", {("instant_rate", "archives_bureau"): "45.18 低于"}, {},
        (
            "一致", "名单23个部门", "1个部门有数，均低",
            "名单上市档案局（低于45.18%）；全市（45.18%）；不低的：无；低而不在名单：无",
        ),
    ),
    (
        "power_claim_below", {("power_claim_rate", "jingkai"): "86"}, {},
        (
            "不一致", "名单4个地区", "4个地区有数，1个不低",
            "名单上新北区（低于70%）、天宁区（低于70%）、钟楼区（低于70%）、经开区（86%）"
            "；名单外溧阳市（85.40%）；不低的：经开区（86%）；低而不在名单：无",
        ),
    ),
    (
        "instant_districts_below", {("instant_rate", "jintan"): "25.0"}, {},
        (
            "不一致", "名单2个地区", "2个地区有数，1个不低",
            "名单上新北区（21.7%）、经开区（30.6%）；名单外溧阳市（91.3%）、金坛区（25.0%）"
            "；不低的：经开区（30.6%）；低而不在名单：无",
        ),
    ),
    (
        "coverage_full_apart", {}, {"coverage_low": ["+education"]},
        ("不一致", "名单4个部门", "1个部门重复", "两边都有：市教育局"),
    ),
    (
        "coverage_high_apart", {}, {"coverage_low": ["+health"]},
        ("不一致", "名单4个部门", "1个部门重复", "两边都有：市卫健委"),
    ),
    (
        "not_reporting_apart", {}, {"not_reporting": ["+health"]},
        ("不一致", "名单3个部门", "1个部门重复", "两边都有：市卫健委"),
    ),
    (
        "adopted_inside", {}, {"news_departments": ["-police"]},
        ("不一致", "名单6个部门", "5个部门在其内", "不在其内：市公安局"),
    ),
    (
        "roster_power_unclaimed", {}, {"power_unclaimed": ["-education"]},
        ("不一致", "22个", "21个", "列名21，所称22"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "figures", "lists", "expected"),
    ALTERED,
    ids=[f"{case[0]}-{n}" for n, case in enumerate(ALTERED)],
)
def test_a_rule_turns_on_altered_figures_and_lists(rule, figures, lists, expected) -> None:
    found = turned(rule, figures, lists)
    assert found
    assert (found.status, found.stated, found.computed, found.arithmetic) == expected


def test_a_list_that_is_not_whole_lacks_details_instead_of_being_wrong() -> None:
    figures = {("warning_count", "justice"): "2"}
    found = turned("warned_named", figures, {"warned_departments": ["-sports"]}, complete=False)
    assert (found.status, found.arithmetic) == (
        "缺明细",
        "只在名单：无；只有数：市体育局（1件）、市司法局（2件）",
    )
    inside = turned("adopted_inside", {}, {"news_departments": ["-police"]}, complete=False)
    assert inside.status == "缺明细"


@pytest.mark.parametrize(
    ("rule", "figures", "lists"),
    [
        ("coverage_high_named", {("behaviour_coverage", "health"): "85 约"}, {}),
        ("coverage_high_named", {("behaviour_coverage", "police"): "80 以上"}, {}),
        ("coverage_low_named", {("behaviour_coverage", "police"): "60 以下"}, {}),
        ("warned_named", {("warning_count", "justice"): "0"}, {}),
        ("instant_districts_below", {("instant_rate", "city_level"): "10"}, {}),
        ("power_claim_below", {("power_claim_rate", "jintan"): "65"}, {}),
        ("power_claim_below", {("power_claim_rate", "jintan"): "90 以上"}, {}),
        ("not_reporting_apart", {}, {"coverage_low": ["+postal"]}),
        ("staff_sum", {("staff_trained", "city_level"): "775"}, {}),
    ],
)
def test_what_is_not_known_for_certain_raises_no_alarm(rule, figures, lists) -> None:
    assert turned(rule, figures, lists).status == "一致"


@pytest.mark.parametrize(
    ("rule", "figures", "lists"),
    [
        ("staff_sum", {}, {}),
        ("faceless_below", {}, {}),
        ("warned_named", {}, {"warned_departments": ["*"]}),
        ("coverage_high_named", {}, {"coverage_full": ["*"]}),
        ("power_claim_below", {("power_claim_rate", "liyang"): None}, {}),
        ("not_reporting_apart", {}, {"not_reporting": ["*"]}),
        ("adopted_inside", {}, {"news_departments": ["*"]}),
        ("towns_plan", {("center_town_planned", "city"): None}, {}),
        ("reports_within", {("supervision_news", "city"): None}, {}),
    ],
)
def test_nothing_is_said_where_nothing_can_be_compared(rule, figures, lists) -> None:
    assert turned(rule, figures, lists) is None


def test_figures_without_any_list_and_lists_without_any_figure_are_still_read() -> None:
    no_lists, no_figures = RosterBook(()), FactBook(())
    figures_only = {f.kind for f in reconciled(fact_book("R0001", "2022H1"), no_lists)}
    assert figures_only == {"分项与合计", "比率", "部分与整体", "包含关系"}
    lists_only = reconciled(no_figures, roster_book("R0001", "2022H1"))
    assert [f.rule for f in lists_only] == [
        "coverage_full_apart",
        "coverage_high_apart",
        "not_reporting_apart",
        "adopted_inside",
    ]
