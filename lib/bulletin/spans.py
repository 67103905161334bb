"""Pieces that remember what they say while Jinja turns templates into text.

Each piece stands in the rendered text as one character of a private-use plane, so that no template
can take a figure apart, and is put back when the text is split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST, _LAST = 0xF0000, 0xFFFFD
PRIVATE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


class Told(str):
    """Words taken from the data: members of a list, a highlight. Empty where the filters leave them out."""

    __slots__ = ("roster",)
    roster: str


class Term(str):
    """A name or a date that goes with figures and says nothing by itself: 为民服务中心, 截至7月底，."""

    __slots__ = ()


class When(Term):
    """A date before what it dates: 截至7月底，."""

    __slots__ = ()


def told(words: str, roster: str = "") -> Told:
    """Words from the data; `roster` is the id of the list they enumerate."""
    made = Told(words)
    made.roster = roster
    return made


@dataclass(frozen=True)
class Mark:
    """What is no text: a section begins, a rule's sentence begins, or what is left to say goes here.

    section:  an id in `lib.catalog.outline`
    rule:     the id of a declared rule
    rest:     whether everything of the section that was not said yet is to be said here
    """

    section: str = ""
    rule: str = ""
    rest: bool = False


Piece = str | Mark


class Ledger:
    """The pieces of one composition."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def put(self, *pieces: Piece) -> str:
        """The characters that stand for the pieces; plain words stand for themselves."""
        return "".join(piece if type(piece) is str else self._char(piece) for piece in pieces)

    def _char(self, piece: Piece) -> str:
        self._pieces.append(piece)
        return chr(_FIRST + len(self._pieces) - 1)

    def pieces(self, text: str) -> list[Piece]:
        """A rendered text as its pieces in order."""
        return list(self._split(text))

    def _split(self, text: str) -> Iterator[Piece]:
        start = 0
        for found in PRIVATE.finditer(text):
            if found.start() > start:
                yield text[start : found.start()]
            yield self._pieces[ord(found[0]) - _FIRST]
            start = found.end()
        if start < len(text):
            yield text[start:]
