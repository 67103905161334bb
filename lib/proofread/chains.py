"""Chains of parts: 甲局（31件）、乙局（21件）, or 甲区35个、乙区25个, one unit throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lib.proofread.numbers import Number
from lib.proofread.reading import Passage

_JOIN = re.compile(r"[、，；]|和|及|以及|与")
_SEGMENT = re.compile(r"[、，；。：！？\n]")
_LEAD_IN = re.compile(
    r"^\s*(?:其中|分别(?:为|是|有)?|依次(?:为|是)?|包括|具体(?:为|是)|即|含|有|为|是)+[，：]?"
)
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Part:
    """One part: its name as written and its number."""

    name: str
    start: int
    number: Number


@dataclass(frozen=True)
class Chain:
    """Two or more parts in a row. `style` tells bracketed numbers from those at the item's end."""

    passage: Passage
    parts: tuple[Part, ...]
    style: Literal["bracketed", "inline"]

    @property
    def start(self) -> int:
        """Where the first part's name starts."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where the last part ends, its bracket included."""
        return self.parts[-1].number.end + (self.style == "bracketed")

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the parts."""
        return tuple(part.number for part in self.parts)

    @property
    def unit(self) -> str:
        """The unit all parts have."""
        return self.parts[0].number.unit


def _bracketed(passage: Passage) -> Iterator[list[Part]]:
    bare, run, end = passage.bare, list[Part](), -1
    for number in passage.numbers:
        if (
            bare[number.start - 1 : number.start] != "（"
            or bare[number.end : number.end + 1] != "）"
        ):
            continue
        since = end if run and number.start - end <= _LONGEST_NAME else -1
        between = bare[since : number.start - 1] if since >= 0 else ""
        join = _JOIN.match(between)
        same = run and run[-1].number.unit == number.unit
        if join and same and not _SEGMENT.search(between, join.end()):
            run.append(Part(between[join.end() :], since + join.end(), number))
        else:
            yield run
            run = [_first(bare, number.start - 1, number)]
        end = number.end + 1
    yield run


def _first(bare: str, end: int, number: Number) -> Part:
    """The first part of a chain: its name starts behind the last mark or the word that leads in."""
    near = max(0, end - _LONGEST_NAME)
    marks = [mark.end() for mark in _SEGMENT.finditer(bare, near, end)]
    start = marks[-1] if marks else near
    lead = _LEAD_IN.match(bare[start:end])
    start += lead.end() if lead else 0
    return Part(bare[start:end], start, number)


def _segments(passage: Passage) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SEGMENT.finditer(passage.bare):
        yield start, mark.start()
        start = mark.end()
    yield start, len(passage.bare)


def _inline(passage: Passage) -> Iterator[list[Part]]:
    """Segments that end with their only number, next to each other, not across a full stop."""
    bare, at, run = passage.bare, 0, list[Part]()
    numbers = passage.numbers
    for start, end in _segments(passage):
        inside = []
        while at < len(numbers) and numbers[at].start < end:
            inside.append(numbers[at])
            at += 1
        number = inside[0] if len(inside) == 1 and inside[0].end == end else None
        follows = run and bare[start - 1 : start] in ("、", "，", "；")
        if number is None or not number.unit or number.start == start:
            yield run
            run = []
        elif follows and run[-1].number.unit == number.unit and not _LEAD_IN.match(bare[start:end]):
            run.append(Part(bare[start : number.start].strip(), start, number))
        else:
            yield run
            run = [_first(bare, number.start, number)]
    yield run


def chains(passage: Passage) -> list[Chain]:
    """Every chain of a passage, in order of their kind and place."""
    found = [Chain(passage, tuple(run), "bracketed") for run in _bracketed(passage) if len(run) > 1]
    inline = [Chain(passage, tuple(run), "inline") for run in _inline(passage) if len(run) > 1]
    return found + inline
