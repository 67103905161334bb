"""Facts asked for: values with their wording, qualifier, unit and date."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.queries.facts import Fact, fact_book, metric_fact
from lib.queries.stated import center_scope, warnings_by_department


def stated(metric: str, district: str | None = "city", department: str | None = None) -> Fact:
    fact = metric_fact("R0001", "2022H1", metric, district, department)
    assert fact is not None
    assert fact == fact_book("R0001", "2022H1").get(metric, district, department)
    return fact


@pytest.mark.parametrize(
    ("metric", "district", "department", "value", "text", "qualifier", "unit", "as_of_text"),
    [
        ("power_claim_rate", "liyang", None, "85.4", "85.40", None, "%", "6月底"),
        ("power_claim_rate", "xinbei", None, "70", "70", "低于", "%", "6月底"),
        ("behaviour_coverage", None, "health", "85", "85", "以上", "%", "上半年"),
        ("behaviour_coverage", None, "finance", "50", "50", "以下", "%", "上半年"),
        ("suqitong_amount", "city", None, "300000000", "3亿", "近", "元", "7月底"),
        ("suqitong_entities", "city", None, "20000", "2万", "余", "家", "7月底"),
        ("public_service_claimed", "city_level", None, "221", "221", None, "项", "7月中旬"),
        ("quality_issues", "city", None, "693", "693", None, "条", "7月中下旬"),
        ("risk_clues", "city", None, "573", "573", None, "条", "8月8日"),
        ("staff_target", "city", None, "1000", "1000", "不少于", "人", "7月底"),
        ("supervision_adopted_rank", "city", None, "2", "第二", None, "位", "上半年"),
    ],
)
def test_facts_keep_value_text_qualifier_unit_and_date(
    metric: str, district: str | None, department: str | None, value: str, text: str,
    qualifier: str | None, unit: str, as_of_text: str,
) -> None:  # fmt: skip
    fact = stated(metric, district, department)
    found = (fact.value, fact.value_text, fact.qualifier, fact.unit, fact.as_of_text)
    assert found == (Decimal(value), text, qualifier, unit, as_of_text)


def test_the_city_level_is_asked_for_by_name() -> None:
    assert metric_fact("R0001", "2022H1", "supervision_claim_rate", "city", None) is None
    assert stated("supervision_claim_rate", "city_level").value_text == "89.17"


def test_six_different_dates() -> None:
    texts = {fact.as_of_text for fact in fact_book("R0001", "2022H1")}
    assert {"6月底", "上半年", "7月中旬", "7月中下旬", "7月底", "8月8日"} <= texts


def test_missing_is_not_zero() -> None:
    book = fact_book("R0001", "2022H1")
    assert book.get("warning_count", None, "science") is None
    assert book.get("overdue_count", None, "science") is not None
    assert [fact.metric for fact in book if fact.value == 0] == []


def test_every_fact_has_a_declared_metric_a_section_and_a_source_row() -> None:
    for fact in fact_book("R0001", "2022H1"):
        assert fact.metric in METRIC_BY_ID
        assert fact.section
        assert fact.source_file.endswith(".csv")
        assert fact.source_row >= 2


def test_stated_totals_are_never_among_the_details() -> None:
    details = center_scope("R0001", "2022H1", DISTRICT_IDS).to_pylist()
    assert {row["district"] for row in details} == set(DISTRICT_IDS)
    by_department = warnings_by_department("R0001", "2022H1", DEPARTMENT_IDS).to_pylist()
    assert "all" not in {row["department"] for row in by_department}
    assert sum(row["warning"] or 0 for row in by_department) == 140
    assert sum(row["overdue"] or 0 for row in by_department) == 23


def test_the_filter_reaches_the_query() -> None:
    scope = center_scope("R0001", "2022H1", ("liyang",)).to_pylist()
    assert {(r["district"], r["level"], r["upgraded"]) for r in scope} == {
        ("liyang", "county", 1),
        ("liyang", "town", 7),
        ("liyang", "village", 15),
        ("liyang", "point", 35),
    }
    assert warnings_by_department("R0001", "2022H1", ("press",)).num_rows == 1
