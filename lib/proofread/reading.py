"""A draft read once for all checks: each paragraph's role, plain text, numbers, notes and place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lib.proofread.draft import Draft, Paragraph
from lib.proofread.findings import Place
from lib.proofread.numbers import Number, numbers
from lib.proofread.roles import Role, roles
from lib.proofread.text import CJK, blank, brackets, clauses, plain, sentences, without_titles
from lib.queries.facts import FactBook
from lib.queries.rosters import RosterBook

# The fixed form in which a draft says itself that figures differ: （注：…，待核对）.
_NOTE = re.compile("（注：")
_NOTE_END = "待核对"
_GAP = re.compile(r"〔缺：[^〔〕]{0,200}〕")
_GAP_WORD = re.compile("[差多少]$")
_LEAD = re.compile(
    rf"\s*(?:\d{{1,2}}[.．、]|（[一二三四五六七八九十]{{1,3}}）)?\s*(?P<place>[{CJK}]{{1,9}}(?:市|区|县|旗|镇|乡|街道))(?:（[^（）]{{1,20}}）)?[：。]"
)


@dataclass(frozen=True)
class Note:
    """The numbers of an acknowledged difference, and those of them it calls the difference."""

    values: frozenset[Decimal]
    gaps: frozenset[Decimal]


def _note(text: str) -> Note:
    told = list(numbers(text))
    gaps = (n.value for n in told if _GAP_WORD.search(text, max(0, n.start - 2), n.start))
    return Note(frozenset(n.value for n in told), frozenset(gaps))


@dataclass(frozen=True)
class Passage:
    """One paragraph, read.

    text:    as written, but plain (see `lib.proofread.text`), notes and gap marks blanked
    bare:    `text` with the inside of 《》 covered: where numbers and lists are looked for
    numbers: of `bare`, in order
    notes:   places of the acknowledged differences
    place:   the place it is about where it opens with one (溧阳市：…), else empty
    """

    paragraph: Paragraph
    role: Role
    text: str
    bare: str
    numbers: tuple[Number, ...]
    notes: tuple[tuple[int, int], ...]
    place: str

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Places of the sentences in `bare`."""
        return sentences(self.bare)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Places of the clauses in `bare`."""
        return clauses(self.bare)

    @cached_property
    def _starts(self) -> list[int]:
        return [number.start for number in self.numbers]

    def between(self, start: int, end: int) -> list[Number]:
        """The numbers inside a place, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [n for n in self.numbers[first:last] if n.end <= end]

    def sentence(self, at: int) -> int:
        """The index of the sentence a place is in, or the one before it."""
        return max(0, bisect_right(self.sentences, (at, len(self.bare))) - 1)

    @cached_property
    def noted(self) -> tuple[Note, ...]:
        """What each acknowledged difference says."""
        whole = plain(self.paragraph.text)
        return tuple(_note(whole[a:b]) for a, b in self.notes)


@dataclass(frozen=True)
class Span:
    """`text[start:end]` of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def place(self) -> Place:
        """The place as findings tell it."""
        return Place(self.passage.paragraph.number, self.start, self.end)

    @property
    def quoted(self) -> str:
        """The words as the draft has them."""
        return self.passage.paragraph.text[self.start : self.end]


@dataclass(frozen=True)
class Books:
    """The figures and lists of the release a draft is held against."""

    facts: FactBook
    rosters: RosterBook
    release_id: str
    period: str


@dataclass(frozen=True)
class Reading:
    """A whole draft, read; `books` is None where it is held against no release."""

    passages: tuple[Passage, ...]
    books: Books | None = None

    @cached_property
    def stating(self) -> tuple[Passage, ...]:
        """The passages that state something: headings and body text."""
        return tuple(p for p in self.passages if p.role in ("body", "heading"))


def _notes(text: str) -> list[tuple[int, int]]:
    closed = brackets(text)
    found = [
        (note.start(), closed[note.start()] + 1)
        for note in _NOTE.finditer(text)
        if note.start() in closed
    ]
    return [(a, b) for a, b in found if text[a:b].endswith(f"{_NOTE_END}）")]


def _passage(paragraph: Paragraph, role: Role) -> Passage:
    whole = plain(paragraph.text)
    notes = _notes(whole)
    text = blank(whole, notes)
    text = blank(text, [gap.span() for gap in _GAP.finditer(text)])
    bare = without_titles(text)
    lead = _LEAD.match(text) if role == "body" else None
    stating = role in ("body", "heading")
    return Passage(
        paragraph,
        role,
        text,
        bare,
        tuple(numbers(bare)) if stating else (),
        tuple(notes),
        lead["place"] if lead else "",
    )


def read(draft: Draft, books: Books | None = None) -> Reading:
    """Read a draft, to be held against `books` where there are any."""
    found = zip(draft.paragraphs, roles(draft.paragraphs), strict=True)
    return Reading(tuple(_passage(paragraph, role) for paragraph, role in found), books)
