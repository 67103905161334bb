"""The draft handed back: every mend as a tracked change of Word, everything else as a comment."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from lib.documents.drafts.cuts import Bit, cut, like, within
from lib.documents.drafts.pieces import CONTENT, TEXT, read_paragraph
from lib.documents.drafts.plain import plain_document
from lib.documents.drafts.word import numbered_paragraphs
from lib.proofread.draft import Draft
from lib.proofread.findings import Finding, Place
from lib.proofread.mends import Edit, settle
from lib.proofread.telling import told

AUTHOR = "通报校对"
_INSERTED, _DELETED = qn("w:ins"), qn("w:del")
# An element of that name that says who changed what, and when.
_Signed = Callable[[str], BaseOxmlElement]


def tracked_docx(
    original: bytes | None,
    draft: Draft,
    findings: Sequence[Finding],
    at: dt.datetime | None = None,
) -> bytes:
    """The Word file with changes to accept or reject, its formatting as it was.

    original: the .docx the draft was read from; None for a text, which becomes a plain document
    at:       when the changes were made; now, if not said

    A mend inside somebody else's tracked insertion, or against a surer one, is told in a comment.
    """
    document = plain_document(draft) if original is None else Document(io.BytesIO(original))
    paragraphs = {number: element for number, element, _ in numbered_paragraphs(document)}
    settled = settle(draft, findings, _outside(paragraphs))
    now = (at or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
    signed = partial(_sign, count(_next_id(document)), f"{now:%Y-%m-%dT%H:%M:%SZ}")
    told_of: dict[int, list[Finding]] = {}
    for finding in settled.left:
        told_of.setdefault(finding.place.paragraph, []).append(finding)
    for number in sorted({*settled.edits, *told_of}):
        edits, left = settled.edits.get(number, ()), told_of.get(number, [])
        concerned: list[Edit | Place] = [*edits, *(finding.place for finding in left)]
        bits = cut(paragraphs[number], [at for one in concerned for at in (one.start, one.end)])
        for edit in sorted(edits, reverse=True):
            _change(bits, edit, signed)
        for finding in left:
            _comment(document, bits, finding, now)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _outside(paragraphs: Mapping[int, BaseOxmlElement]) -> Callable[[int, Edit], bool]:
    """Whether an edit stays out of what somebody inserted with changes tracked."""
    theirs = {
        number: [piece for piece in read_paragraph(element).pieces if piece.inserted]
        for number, element in paragraphs.items()
    }
    return lambda number, edit: (
        not any(edit.reaches(piece.start, piece.end) for piece in theirs[number])
    )


def _change(bits: Sequence[Bit], edit: Edit, signed: _Signed) -> None:
    """One tracked change. What is added stands inside the content control it replaces words of."""
    deleted = _delete(within(bits, edit.start, edit.end), signed)
    if not edit.text:
        return
    added = signed("w:ins")
    if deleted:
        largest = max(deleted, key=lambda group: sum(bit.end - bit.start for bit in group))
        model = largest[-1].run
        model.getparent().addnext(added)
    else:
        model = _put_between(bits, edit.start, added)
    run = like(model)
    run.text = edit.text
    added.append(run)


def _put_between(bits: Sequence[Bit], place: int, added: BaseOxmlElement) -> BaseOxmlElement:
    """Put an insertion after the run that ends there, or before the first; the run it is to look like.

    Beside a content control it stays out of it.
    """
    before = [bit.run for bit in bits if bit.end == place]
    if before:
        beside = _outer(before[-1])
        while beside.getnext() is None and beside.getparent().tag == CONTENT:
            beside = beside.getparent().getparent()
        beside.addnext(added)
        return before[-1]
    beside = _outer(bits[0].run)
    while beside.getprevious() is None and beside.getparent().tag == CONTENT:
        beside = beside.getparent().getparent()
    beside.addprevious(added)
    return bits[0].run


def _delete(bits: Iterable[Bit], signed: _Signed) -> list[list[Bit]]:
    """Mark runs as deleted, those that stand side by side together."""
    groups: list[list[Bit]] = []
    for bit in bits:
        if not groups or groups[-1][-1].run.getparent().getnext() is not bit.run:
            bit.run.addprevious(signed("w:del"))
            groups.append([])
        bit.run.getprevious().append(bit.run)
        groups[-1].append(bit)
        for text in bit.run.iterchildren(TEXT):
            text.tag = qn("w:delText")
    return groups


def _comment(
    document: DocumentType, bits: Sequence[Bit], finding: Finding, now: dt.datetime
) -> None:
    """A comment on the quoted words, or on the sign before the place where something lacks."""
    place = finding.place
    near = (
        within(bits, place.start, place.end)
        or [bit for bit in bits if place.start in (bit.start, bit.end)][:1]
    )
    comment = document.comments.add_comment("\n".join(told(finding)), AUTHOR, AUTHOR[-2:])
    comment._comment_elm.date = now
    marks = [
        OxmlElement(f"w:{name}", attrs={qn("w:id"): str(comment.comment_id)})
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    last = _outer(near[-1].run)
    while (after := last.getnext()) is not None and _is_ours(after):
        last = after
    _outer(near[0].run).addprevious(marks[0])
    reference = OxmlElement("w:r")
    reference.append(marks[2])
    last.addnext(reference)
    last.addnext(marks[1])


def _outer(run: BaseOxmlElement) -> BaseOxmlElement:
    """The run, or the deletion it was put into."""
    parent = run.getparent()
    return parent if parent.tag == _DELETED else run


def _is_ours(element: BaseOxmlElement) -> bool:
    return bool(element.tag == _INSERTED and element.get(qn("w:author")) == AUTHOR)


def _sign(ids: Iterator[int], date: str, name: str) -> BaseOxmlElement:
    said = {"w:id": str(next(ids)), "w:author": AUTHOR, "w:date": date}
    return OxmlElement(name, attrs={qn(key): value for key, value in said.items()})


def _next_id(document: DocumentType) -> int:
    """An id no change or bookmark of the document has, nor any after it."""
    used = document.element.xpath("//@w:id")
    return 1 + max((int(text) for text in used if text.isdecimal()), default=0)
