"""A draft with its findings, ready to be drawn: words in their sentence, paragraphs in stretches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

from lib.proofread.draft import Draft
from lib.proofread.findings import Confidence, Finding, Kind, Place
from lib.proofread.mends import CONFIDENCES

KINDS: tuple[Kind, ...] = get_args(Kind)
_SENTENCE = re.compile(r"[。；！？\n]")
_AROUND = 48  # characters shown each side of the quoted words
_MOST_ALSO = 20  # other places of one finding that are marked; more would drown the rest


@dataclass(frozen=True)
class Numbered:
    """A finding with its number in the whole list."""

    number: int
    finding: Finding


@dataclass(frozen=True)
class Quote:
    """The quoted words and the rest of their sentence, long ones cut with …."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Stretch:
    """Part of a paragraph that the same findings are about.

    confidence: of the surest of them; None where nothing is wrong
    also:       whether it only takes part in findings about other places
    ends:       the numbers of the findings whose words end here
    """

    text: str
    confidence: Confidence | None = None
    also: bool = False
    ends: tuple[int, ...] = ()


def numbered(findings: Sequence[Finding]) -> tuple[Numbered, ...]:
    """The findings counted from 1, as every list and file counts them."""
    return tuple(Numbered(number, finding) for number, finding in enumerate(findings, 1))


def grouped(findings: Sequence[Numbered]) -> dict[Kind, list[Numbered]]:
    """The findings by kind, in the order people should look at them; empty kinds left out."""
    found = {kind: [one for one in findings if one.finding.kind == kind] for kind in KINDS}
    return {kind: ones for kind, ones in found.items() if ones}


def quote(text: str, place: Place) -> Quote:
    """The words at a place of a paragraph, in their sentence."""
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= place.start), default=0)
    end = min((end for end in ends if end > place.end), default=len(text))
    before, after = text[start : place.start].lstrip(), text[place.end : end].rstrip()
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND]}…"
    return Quote(before, text[place.start : place.end], after)


def marked(draft: Draft, findings: Sequence[Numbered]) -> Iterator[tuple[int, bool, list[Stretch]]]:
    """Every paragraph: its number, whether it is a heading, and its text in stretches."""
    here: dict[int, list[Numbered]] = {}
    also: dict[int, list[Place]] = {}
    for one in findings:
        here.setdefault(one.finding.place.paragraph, []).append(one)
        for place in one.finding.also if len(one.finding.also) <= _MOST_ALSO else ():
            also.setdefault(place.paragraph, []).append(place)
    for paragraph in draft.paragraphs:
        found, others = here.get(paragraph.number, []), also.get(paragraph.number, [])
        yield paragraph.number, paragraph.heading, list(_stretches(paragraph.text, found, others))


def _stretches(text: str, found: Sequence[Numbered], others: Sequence[Place]) -> Iterator[Stretch]:
    places = [*(one.finding.place for one in found), *others]
    cuts = sorted({0, len(text), *(at for place in places for at in (place.start, place.end))})
    for start, end in pairwise(cuts):
        over = [one.finding for one in found if _covers(one.finding.place, start, end)]
        surest = min((f.confidence for f in over), key=CONFIDENCES.index, default=None)
        ends = tuple(one.number for one in found if one.finding.place.end == end)
        part = surest is None and any(_covers(place, start, end) for place in others)
        yield Stretch(text[start:end], surest, part, ends)


def _covers(place: Place, start: int, end: int) -> bool:
    return place.start <= start and end <= place.end
