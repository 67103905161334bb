"""A Word paragraph cut so that whole runs hold exactly the characters wanted; what it shows stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from lib.documents.drafts.pieces import TEXT, Piece, read_paragraph

_PROPERTIES, _SPACE = qn("w:rPr"), qn("xml:space")


@dataclass(frozen=True)
class Bit:
    """A run that shows the characters from `start` to `end` and nothing else."""

    start: int
    end: int
    run: BaseOxmlElement


def cut(paragraph: BaseOxmlElement, places: Iterable[int]) -> list[Bit]:
    """Cut a w:p at offsets of its text: every run then ends or begins there, or stays clear of it."""
    wanted = sorted(set(places))
    bits: list[Bit] = []
    for piece in read_paragraph(paragraph).pieces:
        _alone(piece.element)
        inside = [at - piece.start for at in wanted if piece.start < at < piece.end]
        bits += _split(piece, inside)
    return bits


def within(bits: Sequence[Bit], start: int, end: int) -> list[Bit]:
    """The bits of a cut paragraph between two of its cuts."""
    return [bit for bit in bits if start <= bit.start and bit.end <= end]


def _alone(element: BaseOxmlElement) -> None:
    """Give an element of a run a run of its own, with the same properties."""
    run = element.getparent()
    if sum(1 for child in run if child.tag != _PROPERTIES) == 1:
        return
    for child in [child for child in run if child.tag != _PROPERTIES]:
        run.addprevious(like(run, child))
    run.getparent().remove(run)


def _split(piece: Piece, inside: Sequence[int]) -> list[Bit]:
    """The piece's run as several, cut at offsets inside its text."""
    run = piece.element.getparent()
    ends = [*inside, len(piece.text)]
    bits = [Bit(piece.start, piece.start + ends[0], run)]
    if inside:
        _say(piece.element, piece.text[: ends[0]])
    for start, end in pairwise(ends):
        text = OxmlElement("w:t")
        _say(text, piece.text[start:end])
        bits[-1].run.addnext(like(run, text))
        bits.append(Bit(piece.start + start, piece.start + end, bits[-1].run.getnext()))
    return bits


def _say(element: BaseOxmlElement, text: str) -> None:
    assert element.tag == TEXT  # every other sign is one character, which nothing cuts
    element.text = text
    element.set(_SPACE, "preserve")


def like(run: BaseOxmlElement, *content: BaseOxmlElement) -> BaseOxmlElement:
    """A run with another's attributes and properties, holding `content`."""
    made = OxmlElement("w:r", attrs=dict(run.attrib))
    properties = run.find(_PROPERTIES)
    made.extend([deepcopy(properties)] if properties is not None else [])
    made.extend(content)
    return made
