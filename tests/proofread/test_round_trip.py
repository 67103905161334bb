"""Our own bulletin, edited by somebody, read again: the edit is found and mended in its control."""

from __future__ import annotations

import re

import pytest

from lib.bulletin.compose import bulletin
from lib.documents.bulletin import bulletin_docx
from lib.documents.drafts.received import DraftFile, read_draft
from lib.documents.drafts.tracked import tracked_docx
from lib.proofread.checking import proofread
from lib.queries.facts import fact_book
from lib.queries.references import tagged_facts
from lib.selection import Selection
from tests.books import repacked
from tests.proofread.papers import W, accepted, body, rejected


@pytest.fixture(scope="module")
def made() -> bytes:
    """The bulletin of the first release, as a Word file."""
    return bulletin_docx(bulletin(Selection("R0001", "2022H1")))


def read(content: bytes) -> DraftFile:
    found = read_draft(content, "通报.docx")
    assert isinstance(found, DraftFile)
    return found


def edited(content: bytes, tag: str, old: str, new: str) -> bytes:
    """The file with one figure's text changed as somebody would in Word."""
    pattern = rf'(w:val="{tag}~[^"]*"(?:(?!</w:sdt>).)*>){old}<'

    def change(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        text, times = re.subn(pattern, rf"\g<1>{new}<", part.decode(), count=1)
        assert times == 1
        return text.encode()

    return repacked(content, change)


def test_every_control_of_our_bulletin_is_read_with_its_facts(made: bytes) -> None:
    marks = [(p, mark) for p in read(made).draft.paragraphs for mark in p.marks]
    controls = [
        c for c in body(made).iter(W + "sdt") if next(c.iterancestors(W + "tbl"), None) is None
    ]
    assert [p.text[m.start : m.end] for p, m in marks] == ["".join(c.itertext()) for c in controls]
    named = {fact for _, mark in marks for fact in tagged_facts(mark.tag)}
    assert len(named) > 150
    assert named <= set(fact_book("R0001", "2022H1"))


def test_an_edited_figure_is_found_and_mended_inside_its_control(made: bytes) -> None:
    content = edited(made, "staff_trained", "775人", "785人")
    draft = read(content).draft
    found = [f for f in proofread(draft, "R0001", "2022H1") if "785" in f.quoted]
    assert [(f.kind, {fact.metric for fact in f.facts}) for f in found[:1]] == [
        ("与版本不一致", {"staff_trained"})
    ]
    back = tracked_docx(content, draft, found)
    assert accepted(back) == accepted(made)
    assert rejected(back) == accepted(content)
    (deleted,) = body(back).iter(W + "del")
    assert next(deleted.iterancestors(W + "sdt"), None) is not None
