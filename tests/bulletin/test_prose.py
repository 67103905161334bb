"""Sentences, dates and numbers of paragraphs, piece by piece."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.bulletin.acknowledged import note, noted
from lib.bulletin.layout import chinese, laid, numbered
from lib.bulletin.lists import Lists, gap
from lib.bulletin.notation import paragraphs
from lib.bulletin.prose import honest
from lib.bulletin.rules import RULES
from lib.bulletin.spans import Ledger, Piece, Term, told
from lib.bulletin.times import by_when, since
from lib.insight.cells import Figure, figure
from lib.insight.reconcile import reconcile
from lib.queries.facts import FactBook, fact_book
from lib.selection import Selection

GAP = gap("监管事项数", "全市")
CITY = Selection("R0001", "2022H1")


def said(pieces: list[Piece] | tuple[Piece, ...]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))


def laid_out(text: str) -> list[str]:
    return [block.text for block in numbered(laid(paragraphs(text), Ledger(), "甲.txt"))]


@pytest.mark.parametrize(
    ("sentence", "optional", "expected"),
    [
        (["共", GAP, "，率", GAP, "。"], False, "〔缺：监管事项数，全市〕、〔缺：监管事项数，全市〕。"),
        (["共", GAP, "，有", told("甲"), "。"], False, "共〔缺：监管事项数，全市〕，有甲。"),
        (["共", GAP, "。"], True, ""),
        (["为", told(""), "。"], False, ""),
        ([Term("截至7月底，"), "共", GAP, "。"], False, "〔缺：监管事项数，全市〕。"),
        (["各地情况如下。"], False, "各地情况如下。"),
    ],
)  # fmt: skip
def test_a_sentence_without_data_is_its_gaps_or_nothing(
    sentence: list[Piece], optional: bool, expected: str
) -> None:
    assert said(honest(sentence, optional)) == expected


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("7月底", "截至7月底，"), ("7月中下旬", "截至7月中下旬，"), ("8月8日", "截至8月8日，"),
        ("上半年", "上半年，"), ("3月", "3月，"), ("三季度", "三季度，"), ("未注明", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_day_is_reached_and_a_span_is_not(stated: str | None, written: str) -> None:
    assert since(stated) == written


def test_what_is_undated_does_not_go_with_the_date_before() -> None:
    items = [("甲", "未注明"), ("乙", "3月"), ("丙", "3月"), ("丁", "4月"), ("戊", None)]
    assert said(by_when(items)) == "甲；3月，乙；丙；4月，丁。戊。"
    assert said(by_when([])) == ""


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")]
)
def test_headings_count_in_chinese(number: int, written: str) -> None:
    assert chinese(number) == written


def test_numbers_start_anew_under_every_heading_and_empty_headings_go() -> None:
    text = "# 甲\n+ 一段。\n+ 二段。\n## 空\n## 乙\n+ 三段。\n    接着写。\n\n# 丙\n## 丁\n丁段。\n# 空"
    assert laid_out(text) == [
        "一、甲", "1.一段。", "2.二段。", "（一）乙", "1.三段。接着写。", "二、丙", "（一）丁", "丁段。",
    ]  # fmt: skip


def test_a_run_in_heading_is_told_apart_with_its_number() -> None:
    block = numbered(laid(paragraphs("+ **移动端：**\n    改版。"), Ledger(), ""))[0]
    assert (block.text, "".join(block.spans[: block.lead])) == ("1.移动端：改版。", "1.移动端：")


def test_a_remark_has_one_form_and_stands_before_the_full_stop() -> None:
    finding = next(f for f in reconcile("R0001", "2022H1") if f.rule == "supervision_claim")
    sentence: list[Piece] = ["率", figure("89.17%", [finding.facts[0]]), "。"]
    pieces, about = noted(sentence, [finding])
    assert said(pieces) == "率89.17%（注：监管事项认领率按930÷1029计算为90.38%，待核对）。"
    assert about == [finding]
    assert noted(["率。"], [finding]) == (["率。"], [])


def test_a_remark_on_a_list_says_both_and_holds_no_brackets() -> None:
    finding = next(f for f in reconcile("R0001", "2022H1") if f.rule == "roster_power_unclaimed")
    altered = replace(finding, computed="21个（少一个）")
    assert said(note(altered)) == (
        "（注：存在未认领权力事项的部门所称22个，核对为21个，少一个，待核对）"
    )
    listed = replace(finding, facts=())
    pieces, _ = noted(["有", told("甲", "power_unclaimed"), "。"], [listed])
    assert "（注：" in said(pieces)


def by_rule(name: str, book: FactBook | None = None, selection: Selection = CITY) -> str:
    shipped = fact_book("R0001", "2022H1")
    return said(RULES[name].make(book or shipped, Lists(selection), selection))


def without(*metrics: str) -> FactBook:
    return FactBook(tuple(f for f in fact_book("R0001", "2022H1") if f.metric not in metrics))


def with_value(metric: str, place: str, text: str) -> FactBook:
    """The shipped figures, one of them exact and written anew."""
    return FactBook(
        tuple(
            replace(f, value=type(f.value)(text), value_text=text, qualifier=None)
            if (f.metric, f.district or f.department) == (metric, place)
            else f
            for f in fact_book("R0001", "2022H1")
        )
    )


def test_progress_is_compared_with_the_time_gone() -> None:
    assert by_rule("便利站：序时进度") == (
        "经计算，政务服务便利站实体运转率为71.0%，比序时进度（58.1%）快12.9个百分点。"
    )
    slow = with_value("center_point_completed", "city", "80")
    assert by_rule("便利站：序时进度", slow).endswith(
        "为40.0%，比序时进度（58.1%）慢18.1个百分点。"
    )
    assert by_rule("便利站：序时进度", without("center_point_completed")) == ""


def test_the_ends_of_a_rate_keep_bounds_apart_from_points() -> None:
    assert by_rule("权力事项认领率：地区先后") == (
        "辖市（区）层面，溧阳市最高，为85.40%；新北区、天宁区、钟楼区、经开区均低于70%。"
    )
    exact = with_value("power_claim_rate", "jingkai", "72.5")
    assert by_rule("权力事项认领率：地区先后", exact).endswith(
        "新北区、天宁区、钟楼区均低于70%；其他报送的有经开区（72.5%）。"
    )
    assert by_rule("权力事项认领率：地区先后", without("power_claim_rate")) == (
        "〔缺：权力事项认领率，各辖市（区）〕。"
    )


def test_those_that_tie_are_counted_together() -> None:
    assert by_rule("网办超期：集中程度") == "经计算，件数最多的市生态环境局占全市的60.9%。"
    tied = with_value("overdue_count", "science", "14")
    assert "件数居前的市生态环境局、市科技局合计占全市的" in by_rule("网办超期：集中程度", tied)


def test_a_list_of_those_behind_names_the_average_or_its_gap() -> None:
    assert by_rule("不见面办理：落后部门").startswith(
        "市级层面，不见面办理率低于全市平均（96.34%）的部门有市公安局（法律规定部分事项必须见面办理）、"
    )
    assert "（〔缺：不见面办理率，全市〕）" in by_rule(
        "不见面办理：落后部门", without("faceless_rate")
    )


def test_every_figure_of_every_rule_has_facts() -> None:
    book, lists = fact_book("R0001", "2022H1"), Lists(CITY)
    for rule in RULES.values():
        pieces = rule.make(book, lists, CITY)
        assert [p for p in pieces if type(p) is str and any(c.isdigit() for c in p)] == []
        assert all(p.facts for p in pieces if isinstance(p, Figure))
