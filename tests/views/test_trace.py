"""数字溯源: every figure leads back to its definition, its query, its release and its row."""

import pytest

from lib.queries.facts import fact_book
from lib.queries.references import fact_reference
from lib.selection import Selection
from lib.views.trace import find_facts, search, total, trace


@pytest.fixture
def facts() -> list:
    return list(fact_book("R0001", "2022H1"))


def test_every_fact_is_found_by_its_reference(whole_city, facts) -> None:
    found, unknown = find_facts(whole_city, [fact_reference(fact) for fact in facts])
    assert (found, unknown) == (facts, [])


def test_every_fact_leads_to_the_row_it_was_read_from(whole_city, facts) -> None:
    for fact in facts:
        shown = trace(whole_city, fact)
        assert shown.same_again
        assert shown.first is not None
        assert shown.first.id == "R0001"
        texts = [text for _, text in shown.row]
        assert any(fact.value_text in text for text in texts), (fact, texts)


def test_one_trace_in_full(whole_city: Selection) -> None:
    fact = fact_book("R0001", "2022H1").get("power_claim_rate", "xinbei")
    shown = trace(whole_city, fact)
    assert shown.title == "权力事项认领率｜新北区｜2022年上半年"
    assert dict(shown.about) == {
        "原文写法": "低于70%", "数值": "70", "限定词": "低于", "单位": "%", "时点": "6月底（2022-06-30）",
        "出处": "三（二）权力事项认领（主要指标：权力事项认领）", "备注": "—",
    }  # fmt: skip
    assert dict(shown.definition)["编号"] == "power_claim_rate"
    assert shown.parameters == {
        "period": "2022H1", "metric": "power_claim_rate", "district": "xinbei", "department": None,
    }  # fmt: skip
    assert "FROM facts" in shown.sql
    assert dict(shown.row)["指标"] == "权力事项认领率"


def test_a_figure_in_a_rule_shows_the_rule(whole_city: Selection) -> None:
    fact = fact_book("R0001", "2022H1").get("center_point_upgraded")
    findings = {f.rule: f.status for f in trace(whole_city, fact).findings}
    assert findings["points_sum"] == "不一致"


def test_a_listed_number_shows_the_members(whole_city: Selection) -> None:
    fact = next(f for f in fact_book("R0001", "2022H1") if f.metric == "roster_faceless_low")
    assert trace(whole_city, fact).members == (
        "市公安局、市民政局、市司法局、市人社局、市住建局、市退役军人局、市公积金中心"
    )


def test_a_sum_says_how_it_was_made_and_rates_are_not_added(whole_city, facts) -> None:
    book = fact_book("R0001", "2022H1")
    sites = [
        book.get(f"center_{level}_upgraded", "liyang")
        for level in ("county", "town", "village", "point")
    ]
    assert total(sites) == "1＋7＋15＋35＝58个"
    assert total([f for f in facts if f.metric == "instant_rate"]) == ""
    assert total(sites[:1]) == ""
    assert total([f for f in facts if f.metric == "warning_count"]) == ""  # a total among its parts
    assert total([book.get("staff_trained"), book.get("staff_target")]) == ""


@pytest.mark.parametrize(
    "reference", ["", "no_such~liyang", "staff_trained~liyang", "staff_trained~city~2021H1"]
)
def test_a_reference_to_nothing_is_named(whole_city, reference) -> None:
    assert find_facts(whole_city, [reference]) == ([], [reference])


def test_a_figure_is_looked_up_by_words_and_within_the_filters(whole_city: Selection) -> None:
    assert [row[:3] for row in search(whole_city, "预警 教育局").rows] == [
        ("网办预警件数", "市教育局", "31件")
    ]
    assert search(whole_city, "没有这个").rows == ()
    assert len(search(whole_city, "").rows) == len(fact_book("R0001", "2022H1"))
    chosen = Selection("R0001", "2022H1", ("liyang",), ("education",))
    places = {row[1] for row in search(chosen, "").rows}
    assert places == {"全市", "市本级", "溧阳市", "市教育局"}
