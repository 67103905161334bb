"""A Word paragraph as people read it: which element holds which characters, which controls mark them.

Tracked changes read as accepted: what is inserted or moved here counts, what is deleted does not.
Text boxes, footnotes and the instructions of fields are no part of the paragraph's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from lib.proofread.draft import Mark

RUN, TEXT, CONTROL, CONTENT = map(qn, ("w:r", "w:t", "w:sdt", "w:sdtContent"))
_PARAGRAPH = qn("w:p")
_INSERTIONS = frozenset(map(qn, ("w:ins", "w:moveTo")))
_INLINE = _INSERTIONS | frozenset(
    map(qn, ("w:hyperlink", "w:smartTag", "w:fldSimple", "w:customXml", "w:dir", "w:bdo"))
)
_BLOCK = _INSERTIONS | {qn("w:customXml")}
_SIGNS = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:br"): "\n",
    qn("w:noBreakHyphen"): "-",
}  # fmt: skip
_BREAKS = ("page", "column")  # a w:br of these kinds ends no line
_CONTENTS = "Table of Contents"


@dataclass(frozen=True)
class Piece:
    """The characters one element of a run shows; they stand at `start` of the paragraph's text."""

    element: BaseOxmlElement
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where they end."""
        return self.start + len(self.text)

    @property
    def inserted(self) -> bool:
        """Whether it stands there as somebody's tracked insertion."""
        return next(self.element.iterancestors(*_INSERTIONS), None) is not None


@dataclass(frozen=True)
class Reading:
    """A paragraph's pieces in order, and its content controls."""

    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The paragraph as people read it."""
        return "".join(piece.text for piece in self.pieces)


def read_paragraph(paragraph: BaseOxmlElement) -> Reading:
    """The pieces and marks of one w:p."""
    pieces: list[Piece] = []
    marks: list[Mark] = []
    _walk(paragraph, pieces, marks)
    return Reading(tuple(pieces), tuple(marks))


def _walk(element: BaseOxmlElement, pieces: list[Piece], marks: list[Mark]) -> None:
    for child in element:
        if child.tag == RUN:
            _read_run(child, pieces)
        elif child.tag in _INLINE:
            _walk(child, pieces, marks)
        elif child.tag == CONTROL:
            start = _end(pieces)
            for content in child.iterchildren(CONTENT):
                _walk(content, pieces, marks)
            if (tag := control_tag(child)) and _end(pieces) > start:
                marks.append(Mark(start, _end(pieces), tag))


def _read_run(run: BaseOxmlElement, pieces: list[Piece]) -> None:
    for child in run:
        text = (child.text or "") if child.tag == TEXT else _SIGNS.get(child.tag, "")
        if text and child.get(qn("w:type")) not in _BREAKS:
            pieces.append(Piece(child, _end(pieces), text))


def _end(pieces: list[Piece]) -> int:
    return pieces[-1].end if pieces else 0


def control_tag(control: BaseOxmlElement) -> str:
    """The tag of a content control, empty where it has none."""
    found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if found is None else found.get(qn("w:val"), "")


def paragraphs(
    body: BaseOxmlElement, tags: tuple[str, ...] = ()
) -> Iterator[tuple[BaseOxmlElement, tuple[str, ...]]]:
    """Every w:p of the running text with the tags of the controls round it; no tables, no contents list."""
    for child in body:
        if child.tag == _PARAGRAPH:
            yield child, tags
        elif child.tag in _BLOCK:
            yield from paragraphs(child, tags)
        elif child.tag == CONTROL and not is_contents(child):
            for content in child.iterchildren(CONTENT):
                yield from paragraphs(content, (*tags, *filter(None, [control_tag(child)])))


def is_contents(control: BaseOxmlElement) -> bool:
    """Whether a content control holds the document's own table of contents."""
    galleries = control.iterfind(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return any(gallery.get(qn("w:val")) == _CONTENTS for gallery in galleries)
