"""The cards, sentences and ends of 总览, by hand from the published bulletin."""

from __future__ import annotations

from lib.insight.overview import overview
from lib.insight.wording import MISSING
from lib.selection import Selection


def test_the_cards_of_the_half_year(whole_city: Selection) -> None:
    cards = {c.title: (c.value, c.unit, str(c.light), c.scope) for c in overview(whole_city).cards}
    assert cards == {
        "便利站实体运转": ("142", "个", "▲ 超前", "全市"),
        "“畅通办”专员培育": ("775", "人", "▲ 超前", "全市"),
        "网办预警": ("140", "件", "○ 无目标", "全市"),
        "网办超期": ("23", "件", "■ 不达标", "全市"),
        "移动端标准应用接入": ("45", "项", "○ 未定期限", "全市"),
        "监管事项认领率": ("89.17", "%", "○ 无目标", "市本级"),
    }


def test_the_sentences_of_the_half_year(whole_city: Selection) -> None:
    assert [s.text for s in overview(whole_city).sentences] == [
        "截至7月底，政务服务便利站已实体运转142个，为计划200个的71.0%，超序时进度12.9个百分点。",
        "截至7月底，“畅通办”专员已培育775人，为目标（不少于1000人）的77.5%，超序时进度19.4个百分点。",
        "上半年全市网办超期23件，其中市生态环境局14件，占60.9%。",
        "上半年全市网办预警140件，其中市教育局31件、市民政局21件、市烟草局20件，合计占51.4%。",
        "权力事项认领率溧阳市最高（85.40%），新北区、天宁区、钟楼区、经开区低于70%。",
        "即办件占比溧阳市最高（91.3%），新北区为21.7%、经开区为30.6%，低于全市平均（45.18%）。",
        "截至7月底，移动端标准应用接入45项（共76项，59.2%），居全省第五，仍有31项未接入。",
        "市本级监管事项认领率89.17%（按930÷1029为90.38%，待核），居全省第三。",
    ]


def test_a_total_without_a_deadline_is_told_with_its_rate_gap_and_rank(
    whole_city: Selection,
) -> None:
    card = next(c for c in overview(whole_city).cards if c.metric == "mobile_standard_connected")
    assert card.lines == ("共76项，接入 59.2%", "还有31项未接入", "居全省第五")


def test_every_sentence_says_its_rule_and_shows_its_facts(whole_city: Selection) -> None:
    for sentence in overview(whole_city).sentences:
        assert sentence.rule
        assert sentence.facts


def test_leaders_and_laggards(whole_city: Selection) -> None:
    view = overview(whole_city)
    ranks = {
        r.metric: (r.best_text, r.worst_text)
        for r in (*view.district_ranks, *view.department_ranks)
    }
    assert ranks == {
        "power_claim_rate": ("溧阳市 85.40%", "新北区、天宁区、钟楼区、经开区 <70%"),
        "faceless_rate": ("钟楼区 97.5%", "新北区 92.9%"),
        "instant_rate": ("溧阳市 91.3%", "新北区 21.7%；经开区 30.6%"),
        "overdue_count": (MISSING, "市生态环境局 14件；市城管局、市科技局 2件"),
        "warning_count": (MISSING, "市教育局 31件；市民政局 21件；市烟草局 20件"),
        "behaviour_coverage": ("市档案局、市教育局、市工信局、市医保局 100%", "市财政局、市地震局 ≤50%"),
        "supervision_adopted": ("市应急局 5条", MISSING),
    }  # fmt: skip


def test_a_district_without_figures_is_missing_not_zero() -> None:
    view = overview(Selection("R0001", "2022H1", ("xinbei",)))
    staff = next(card for card in view.cards if card.metric == "staff_trained")
    assert (staff.value, str(staff.light), staff.scope) == (MISSING, "— 缺数", "新北区")
    centers = next(card for card in view.cards if card.metric == "center_point_upgraded")
    assert (centers.value, centers.scope) == ("67", "新北区")


def test_a_department_filter_sums_only_what_was_reported() -> None:
    view = overview(Selection("R0001", "2022H1", (), ("education", "science")))
    figures = {card.metric: (card.value, card.lines[0]) for card in view.cards}
    assert figures["warning_count"] == ("31", "1个所选部门有数")
    assert figures["overdue_count"] == ("3", "2个所选部门有数")


def test_alone_below_average_nobody_leads() -> None:
    view = overview(Selection("R0001", "2022H1", ("xinbei",)))
    faceless = next(r for r in view.district_ranks if r.metric == "faceless_rate")
    assert (faceless.best_text, faceless.worst_text) == (MISSING, "新北区 92.9%")


def test_a_period_without_data_is_an_empty_page() -> None:
    view = overview(Selection("R0001", "2021H2"))
    assert (view.cards, view.sentences, view.findings, view.dates) == ((), (), (), None)
