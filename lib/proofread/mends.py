"""Mends of a draft: each as small edits of its paragraph, those that clash left to a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import get_args

from lib.proofread.draft import Draft
from lib.proofread.findings import Confidence, Finding, Kind, Place

CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
# What is mended wherever it stands; a figure is only mended where it is wrong.
WORDING: frozenset[Kind] = frozenset({"名称写法", "缺字", "标点", "格式"})
# What a mend replaces as a whole: a number, a word in Latin letters, any other sign by itself.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)
_MOST_WORDS = 4_000  # that are compared one by one


@dataclass(frozen=True, order=True)
class Edit:
    """`text` in place of the paragraph's characters from `start` to `end`."""

    start: int
    end: int
    text: str

    def clashes(self, other: Edit) -> bool:
        """Whether both change the same characters, and not in the same way."""
        if self == other:
            return False
        if self.start == self.end and other.start == other.end:
            return self.start == other.start
        return self.start < other.end and other.start < self.end

    def reaches(self, start: int, end: int) -> bool:
        """Whether it takes away characters between two places, or adds some there or at their ends."""
        if self.start == self.end:
            return start <= self.start <= end
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Settled:
    """What can be done by itself and what a person decides.

    edits: of every paragraph by number, in order, none overlapping another
    made:  the findings they mend
    left:  the other findings: without a mend, or against a surer one
    """

    edits: Mapping[int, tuple[Edit, ...]]
    made: tuple[Finding, ...]
    left: tuple[Finding, ...]


def places(draft: Draft, finding: Finding) -> tuple[Place, ...]:
    """Where a mend is to be made: at its place and, if it is about wording, wherever the same words take part."""
    if finding.mend is None:
        return ()
    if finding.kind not in WORDING:
        return (finding.place,)
    texts = {p.number: p.text for p in draft.paragraphs}
    return (
        finding.place,
        *(p for p in finding.also if texts[p.paragraph][p.start : p.end] == finding.quoted),
    )


def edits(quoted: str, mend: str, start: int) -> tuple[Edit, ...]:
    """The changes that turn the words quoted at `start` into the mend, no larger than needed."""
    old, new = _WORD.findall(quoted), _WORD.findall(mend)
    if max(len(old), len(new)) > _MOST_WORDS:
        return (Edit(start, start + len(quoted), mend),)
    at = list(accumulate(map(len, old), initial=start))
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Edit(at[first], at[last], "".join(new[begin:end]))
        for kind, first, last, begin, end in changes
        if kind != "equal"
    )


def settle(
    draft: Draft,
    findings: Sequence[Finding],
    may: Callable[[int, Edit], bool] = lambda _paragraph, _edit: True,
) -> Settled:
    """Which mends are made: the surer first, then in order of place, and only edits that `may` be."""
    kept: dict[int, set[Edit]] = {}
    made: set[int] = set()
    for n in sorted(range(len(findings)), key=lambda n: _rank(findings[n])):
        for place in places(draft, findings[n]):
            wanted = edits(findings[n].quoted, findings[n].mend or "", place.start)
            held = kept.setdefault(place.paragraph, set())
            if any(one.clashes(other) for one in wanted for other in held):
                continue
            if wanted and all(may(place.paragraph, edit) for edit in wanted):
                held.update(wanted)
                made.update([n] if place == findings[n].place else [])
    return Settled(
        {number: tuple(sorted(held)) for number, held in kept.items() if held},
        tuple(f for n, f in enumerate(findings) if n in made),
        tuple(f for n, f in enumerate(findings) if n not in made),
    )


def _rank(finding: Finding) -> tuple[int, int, int]:
    place = finding.place
    return CONFIDENCES.index(finding.confidence), place.paragraph, place.start


def mended(text: str, changes: Iterable[Edit]) -> str:
    """The text with edits made that do not overlap."""
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def mended_lines(draft: Draft, lines: Sequence[str], findings: Sequence[Finding]) -> list[str]:
    """The draft's lines, blank ones as they are, with the mends of the findings made."""
    changes = settle(draft, findings).edits
    texts = iter([mended(p.text, changes.get(p.number, ())) for p in draft.paragraphs])
    return [next(texts) if line.strip() else line for line in lines]
