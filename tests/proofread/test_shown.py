"""A draft with its findings as it is drawn: sentences, stretches, numbers, and every text escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib import markup
from lib.proofread.findings import Place
from lib.proofread.shown import Quote, Stretch, grouped, marked, numbered, quote
from lib.queries.facts import fact_book
from tests.proofread.papers import draft, finding

TEXT = "第一句。已有142个，培育775名；第三句"


def place(text: str, words: str) -> Place:
    start = text.index(words)
    return Place(1, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        (TEXT, "142", Quote("已有", "142", "个，培育775名；")),
        (TEXT, "第一句。", Quote("", "第一句。", "已有142个，培育775名；")),
        (TEXT, "第三句", Quote("", "第三句", "")),
        (f"{'甲' * 60}乙{'丙' * 60}", "乙", Quote("…" + "甲" * 48, "乙", "丙" * 48 + "…")),
        ("　　开头", "开头", Quote("", "开头", "")),
    ],
)
def test_the_words_are_quoted_in_their_sentence(text: str, words: str, found: Quote) -> None:
    assert quote(text, place(text, words)) == found


def test_a_paragraph_is_cut_where_findings_begin_and_end_and_the_surest_colours_it() -> None:
    wide = finding(1, TEXT, "142个，培育775名", confidence="可能")
    sure = finding(1, TEXT, "775", confidence="确定")
    also = replace(finding(2, "合计1", "1"), also=(place(TEXT, "第一"), place(TEXT, "142")))
    paper = draft(TEXT, "合计1")
    ((_, _, first), (number, heading, second)) = marked(paper, numbered([wide, sure, also]))
    assert first == [
        Stretch("第一", also=True), Stretch("句。已有"), Stretch("142", "可能"),
        Stretch("个，培育", "可能"), Stretch("775", "确定", ends=(2,)), Stretch("名", "可能", ends=(1,)),
        Stretch("；第三句"),
    ]  # fmt: skip
    assert (number, heading, second) == (
        2,
        False,
        [Stretch("合计"), Stretch("1", "确定", ends=(3,))],
    )


def test_what_stands_in_very_many_places_is_marked_once() -> None:
    paper = draft("," * 30)
    every = replace(finding(1, ",甲", ","), also=tuple(Place(1, n, n + 1) for n in range(1, 30)))
    ((_, _, stretches),) = marked(paper, numbered([every]))
    assert stretches == [Stretch(",", "确定", ends=(1,)), Stretch("," * 29)]


def test_findings_are_grouped_by_kind_in_the_order_to_look_at_them() -> None:
    ones = [replace(finding(1, TEXT, "142"), kind=kind) for kind in ("标点", "内部算术", "标点")]
    found = {kind: [one.number for one in group] for kind, group in grouped(numbered(ones)).items()}
    assert list(found.items()) == [("内部算术", [2]), ("标点", [1, 3])]


def test_everything_of_a_draft_is_escaped_and_figures_lead_to_their_sources() -> None:
    text = '<script>1</script>"142"'
    fact = fact_book("R0001", "2022H1").get("staff_trained")
    one = replace(
        finding(1, text, '"142"', "<b>", message="<i>不对</i>"),
        facts=(fact,),
        also=(Place(1, 0, 1),),
    )
    made = markup.proofread(draft(text), numbered([one]))
    for tag in ("<script>", "<i>", "<b>"):
        assert tag not in made
    assert "&lt;script&gt;" in made
    assert "trace?of=staff_trained~city~2022H1" in made
    assert '<a href="#para-1">第1段</a>' in made
    assert '<a href="#found-1"><sup>1</sup></a>' in made
    assert "相关1处：" in made
