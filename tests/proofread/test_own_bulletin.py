"""The bulletin the app composes passes its own proofreading; one changed figure does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.bulletin.compose import bulletin
from lib.insight.cells import Figure
from lib.proofread.checking import proofread
from lib.proofread.draft import Draft, Mark, Paragraph
from lib.proofread.reading import Passage, read
from lib.queries.references import figure_tag
from lib.selection import Selection

RELEASE = ("R0001", "2022H1")


def _paragraph(number: int, spans: tuple[str, ...], heading: bool = False) -> Paragraph:
    """A block with a mark round each of its figures, as the Word file has them."""
    marks, at = [], 0
    for span in spans:
        if isinstance(span, Figure):
            marks.append(Mark(at, at + len(span), figure_tag(span.facts, RELEASE[0])))
        at += len(span)
    return Paragraph(number, "".join(spans), heading, tuple(marks))


@pytest.fixture(scope="module")
def own() -> Draft:
    """The composed bulletin with its marks."""
    made = bulletin(Selection(*RELEASE))
    day = f"{made.date.year}年{made.date.month}月{made.date.day}日"
    frame = [((made.title,), False), ((made.addressee,), False)]
    body = [(block.spans, bool(block.level)) for block in made.blocks]
    listed = [((f"附件：{name}",), False) for name in made.attachments]
    signed = [((line,), False) for line in (*made.signatory, day)]
    lines = enumerate([*frame, *body, *listed, *signed], 1)
    return Draft("通报.docx", tuple(_paragraph(n, spans, heading) for n, (spans, heading) in lines))


def _unmarked(draft: Draft) -> Draft:
    return replace(draft, paragraphs=tuple(replace(p, marks=()) for p in draft.paragraphs))


@pytest.mark.parametrize("release", [(), RELEASE], ids=["alone", "with its release"])
def test_the_own_bulletin_has_no_finding(own: Draft, release: tuple[str, ...]) -> None:
    assert proofread(own, *release) == ()
    assert proofread(_unmarked(own), *release) == ()


def _raised(passage: Passage, mark: Mark) -> Paragraph | None:
    """The paragraph with the marked number one higher, and its marks where they were; None for a name."""
    inside = [n for n in passage.numbers if mark.start <= n.start and n.end <= mark.end]
    if len(inside) != 1 or not inside[0].text.isdigit():
        return None
    number, text = inside[0], passage.paragraph.text
    raised = str(Decimal(number.text) + 1)
    if len(raised) != len(number.text):
        return None
    at = text.index(number.text, number.start)
    return replace(passage.paragraph, text=text[:at] + raised + text[at + len(raised) :])


def test_every_marked_figure_that_is_changed_is_found(own: Draft) -> None:
    missed, tried = [], 0
    for passage in read(own).passages:
        for mark in passage.paragraph.marks:
            changed = _raised(passage, mark)
            if changed is None or "+" in mark.tag:
                continue
            tried += 1
            findings = proofread(Draft("通报.docx", (changed,)), *RELEASE)
            if not any(f.check == "marks" and f.confidence == "确定" for f in findings):
                missed.append(changed.text[mark.start - 8 : mark.end])
    assert missed == []
    assert tried > 100


def test_a_marked_figure_is_named_with_its_source(own: Draft) -> None:
    tag = "warning_count~education~2022H1@R0001"
    text = "市教育局产生网办事项预警32件。"
    line = Paragraph(1, text, marks=(Mark(text.index("32"), text.index("32") + 3, tag),))
    (finding,) = proofread(Draft("通报.docx", (line,)), *RELEASE)
    assert (finding.check, finding.quoted, finding.mend) == ("marks", "32件", "31件")
    assert finding.message == (
        "“32件”与版本R0001不一致：市教育局网办预警件数为31件（上半年，warnings.csv第3行）"
    )
    assert [fact.metric for fact in finding.facts] == ["warning_count"]


def test_a_mark_of_an_unknown_figure_is_held_against_nothing() -> None:
    line = Paragraph(1, "预警99件。", marks=(Mark(2, 5, "warning_count~nobody~2022H1@R0001"),))
    assert proofread(Draft("通报.docx", (line,)), *RELEASE) == ()
