"""Sentences around what was not reported: shortened to the gap, or left out; nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lib.bulletin.parts import Gap
from lib.bulletin.spans import Mark, Piece, Told
from lib.insight.cells import Figure

_END = re.compile(r"(?<=。)")


def sentences(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces cut after every full stop of the wording."""
    sentence: list[Piece] = []
    for piece in pieces:
        if type(piece) is not str:
            sentence.append(piece)
            continue
        *ended, last = _END.split(piece)
        for part in ended:
            yield [*sentence, part]
            sentence = []
        sentence += [last] if last else []
    if sentence:
        yield sentence


def holds_data(pieces: Iterable[Piece]) -> bool:
    """Whether anything in it was reported."""
    return any(isinstance(piece, Figure | Told) and piece for piece in pieces)


def asks(pieces: Iterable[Piece]) -> bool:
    """Whether it was worded around something to report."""
    return any(isinstance(piece, Figure | Told | Gap) for piece in pieces)


def honest(sentence: list[Piece], optional: bool) -> list[Piece]:
    """A sentence as it may be said.

    With nothing reported it is only its gaps, one after the other; an optional one, or one about
    what the filters leave out, is not said at all. Marks stay.
    """
    if holds_data(sentence) or not asks(sentence):
        return sentence
    marks: list[Piece] = [piece for piece in sentence if isinstance(piece, Mark)]
    gaps: list[Piece] = [piece for piece in sentence if isinstance(piece, Gap)]
    if optional or not gaps:
        return marks
    return [*marks, *_enumerated(gaps), "。"]


def _enumerated(gaps: list[Piece]) -> Iterator[Piece]:
    for number, gap in enumerate(gaps):
        if number:
            yield "、"
        yield gap
