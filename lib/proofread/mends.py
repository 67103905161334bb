"""Mends of a draft: each as small edits of its paragraph, those that clash left to a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import get_args

from lib.proofread.draft import Draft
from lib.proofread.findings import Confidence, Finding

CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
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


def edits(finding: Finding) -> tuple[Edit, ...]:
    """The changes that turn the quoted words into the mend, no larger than needed."""
    if finding.mend is None:
        return ()
    old, new = _WORD.findall(finding.quoted), _WORD.findall(finding.mend)
    if max(len(old), len(new)) > _MOST_WORDS:
        return (Edit(finding.place.start, finding.place.end, finding.mend),)
    at = list(accumulate(map(len, old), initial=finding.place.start))
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Edit(at[first], at[last], "".join(new[start:end]))
        for kind, first, last, start, end in changes
        if kind != "equal"
    )


def settle(findings: Sequence[Finding]) -> Settled:
    """Which mends are made: the surer first, then in order of place."""
    kept: dict[int, set[Edit]] = {}
    made: set[int] = set()
    order = sorted(range(len(findings)), key=lambda n: _rank(findings[n]))
    for n in order:
        wanted, held = edits(findings[n]), kept.setdefault(findings[n].place.paragraph, set())
        if wanted and not any(one.clashes(other) for one in wanted for other in held):
            held.update(wanted)
            made.add(n)
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
    changes = settle(findings).edits
    texts = iter([mended(p.text, changes.get(p.number, ())) for p in draft.paragraphs])
    return [next(texts) if line.strip() else line for line in lines]
