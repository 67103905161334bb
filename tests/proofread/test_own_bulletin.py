"""The bulletin the app composes passes its own proofreading; one changed figure does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.bulletin.compose import bulletin
from lib.proofread.checking import proofread
from lib.proofread.draft import Draft, Mark, Paragraph
from lib.proofread.reading import Passage, read
from lib.selection import Selection
from tests.proofread.texts import composed

RELEASE = ("R0001", "2022H1")


@pytest.fixture(scope="module")
def own() -> Draft:
    """The composed bulletin with its marks."""
    return composed(bulletin(Selection(*RELEASE)), RELEASE[0])


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
