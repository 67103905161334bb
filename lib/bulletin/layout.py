"""Rendered paragraphs become numbered blocks: 一、（一）1. count by themselves, empty ones disappear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lib.bulletin.notation import Paragraph
from lib.bulletin.parts import Block, Gap, Level
from lib.bulletin.prose import asks, holds_data, honest, sentences
from lib.bulletin.spans import Ledger, Mark, Piece, When

_LEVELS: dict[str, Level] = {"#": 1, "##": 2, "###": 3}
_TENS = "十"
_ONES = "零一二三四五六七八九"
_LEAD = "**"


@dataclass(frozen=True)
class Laid:
    """A paragraph before it is numbered: its mark, its sentences, its section and template."""

    mark: str
    sentences: tuple[tuple[Piece, ...], ...]
    section: str
    template: str

    @property
    def pieces(self) -> list[Piece]:
        """The pieces of all sentences in order."""
        return [piece for sentence in self.sentences for piece in sentence]


def laid(paragraphs: Iterable[Paragraph], ledger: Ledger, template: str) -> list[Laid]:
    """Paragraphs as sentences that may be said; those left with nothing to say are dropped."""
    found: list[Laid] = []
    section = ""
    for paragraph in paragraphs:
        pieces = [ledger.pieces(line.text) for line in paragraph.lines]
        section = next(filter(None, (_begun(p) for ps in pieces for p in ps)), section)
        own = [
            honest(sentence, line.optional)
            for line, line_pieces in zip(paragraph.lines, pieces, strict=True)
            for sentence in sentences(_without_section(line_pieces))
        ]
        kept = tuple(_dated_once(sentence for sentence in own if sentence))
        if not _is_beheaded(paragraph, own):
            found.append(Laid(paragraph.mark, kept, section, template))
    return found


def _is_beheaded(paragraph: Paragraph, own: list[list[Piece]]) -> bool:
    """Whether its run-in heading is gone, being of places the filters leave out."""
    return paragraph.lines[0].text.startswith(_LEAD) and not own[0]


def _dated_once(sentences: Iterable[list[Piece]]) -> Iterator[tuple[Piece, ...]]:
    """A date that the sentence before began with is not said again."""
    last = ""
    for sentence in sentences:
        date = next((piece for piece in sentence if not isinstance(piece, Mark)), "")
        if isinstance(date, When):
            yield tuple(piece for piece in sentence if piece is not date or date != last)
            last = date
        else:
            yield tuple(sentence)
            last = "" if holds_data(sentence) else last


def _begun(piece: Piece) -> str:
    return piece.section if isinstance(piece, Mark) else ""


def _without_section(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if not _begun(piece)]


def chinese(number: int) -> str:
    """一 to 九十九, as headings count."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else _TENS if tens == 1 else _ONES[tens] + _TENS
    return head + (_ONES[ones] if ones or not tens else "")


class _Numbers:
    """The running numbers of headings and numbered paragraphs."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0]

    def of(self, mark: str) -> str:
        """The number of the next paragraph with that mark; a higher one starts the lower anew."""
        if not mark:
            return ""
        level = 2 if mark == "+" else len(mark) - 1
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (2 - level)
        n = self._counts[level]
        return (f"{chinese(n)}、", f"（{chinese(n)}）", f"{n}.")[level]


def numbered(paragraphs: Iterable[Laid]) -> tuple[Block, ...]:
    """The blocks of a bulletin, headings with nothing under them left out."""
    numbers = _Numbers()
    return tuple(_block(paragraph, numbers) for paragraph in _spoken(list(paragraphs)))


def _spoken(paragraphs: list[Laid]) -> list[Laid]:
    """Without paragraphs that say nothing, then without headings over nothing."""
    kept = [p for p in paragraphs if p.pieces and (p.mark in _LEVELS or _says(p.pieces))]
    found: list[Laid] = []
    for paragraph in reversed(kept):
        below = found[-1].mark if found else "#"
        level = _LEVELS.get(paragraph.mark, 0)
        if not level or not 0 < _LEVELS.get(below, 9) <= level:
            found.append(paragraph)
    return found[::-1]


def _says(pieces: list[Piece]) -> bool:
    """Whether there is anything after the run-in heading that was reported, or asked of nobody."""
    words = [piece for piece in pieces if not isinstance(piece, Mark)]
    text = "".join(words)
    said = text.split(_LEAD, 2)[-1] if text.startswith(_LEAD) else text
    return bool(said) and (
        holds_data(words) or any(isinstance(w, Gap) for w in words) or not asks(words)
    )


def _block(paragraph: Laid, numbers: _Numbers) -> Block:
    number = numbers.of(paragraph.mark)
    words: list[str] = [number] if number else []
    lead, inside = 0, False
    for piece in paragraph.pieces:
        if isinstance(piece, Mark):
            continue
        if type(piece) is not str:
            words += [piece] if piece else []
            continue
        for n, part in enumerate(piece.split(_LEAD)):
            if n:
                inside = not inside
                lead = lead if inside else len(words)
            words += [part] if part else []
    rules = (piece.rule for piece in paragraph.pieces if isinstance(piece, Mark) and piece.rule)
    return Block(
        tuple(words), _LEVELS.get(paragraph.mark, 0), lead, paragraph.section, paragraph.template,
        tuple(dict.fromkeys(rules)),
    )  # fmt: skip
