"""What fits on the page: lines are counted before anything is drawn, with room to spare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from lib.documents.brief import design
from lib.documents.brief.parts import Brief, Part
from lib.documents.lines import ROOMY, ems
from lib.insight.cards import Card

# How far each part may be cut, round after round: what is to be checked goes before what is to be read.
_ROUNDS = (
    ("待核对的数", 3), ("要点", 5), ("地区和部门先后", 4), ("待核对的数", 0), ("要点", 2),
    ("地区和部门先后", 0), ("要点", 0),
)  # fmt: skip


def fitted(whole: Brief) -> Brief:
    """The brief with rows left out from the ends of its parts until it is no higher than the page."""
    made = whole
    for title, kept in _ROUNDS:
        while height(made) > design.HEIGHT and any(
            part.title == title and len(part.rows) > kept for part in made.parts
        ):
            shorter = (p.shortened() if p.title == title else p for p in made.parts)
            made = replace(made, parts=tuple(shorter))
    return made


def height(made: Brief) -> float:
    """How high a brief is in points."""
    about = sum(_high("about", text, design.WIDTH) for text in made.about)
    return (
        _high("title", made.title, design.WIDTH)
        + about
        + design.AFTER_ABOUT
        + sum(max(map(_card, row)) for row in made.card_rows)
        + sum(map(_part, made.parts))
        + (_high("point", made.notice, design.WIDTH) if made.notice else 0)
    )


def _high(kind: str, text: str, width: float) -> float:
    """How high a text is that is broken over lines of a width; a broken line may lose a character or two."""
    size, line = design.TYPE[kind]
    room, wanted = width / size, ems(text, ROOMY)
    return line if wanted <= room else ceil(wanted / max(1, room - 1.5)) * line


def _card(card: Card) -> float:
    width = design.WIDTH / design.CARD_COLUMNS - 2 * design.CARD_ASIDE
    value = max(design.TYPE["value"][1], _high("value", card.value + card.unit, width))
    lines = sum(_high("line", line, width) for line in card.lines)
    named = _high("card", f"{card.title}　{card.scope}", width)
    return named + value + lines + 2 * design.CARD_ABOVE + 1


def _part(part: Part) -> float:
    head = design.BEFORE_HEADING + design.TYPE["heading"][1] + design.AFTER_HEADING
    note = _high("note", part.note, design.WIDTH) if part.note else 0
    if not part.columns:
        width = design.WIDTH - design.NUMBER
        return head + note + sum(_high("point", row[0], width) for row in part.rows)
    rows = (part.columns, *part.rows) if part.rows else ()
    return head + note + sum(map(_row, rows))


def _row(cells: Sequence[str]) -> float:
    shares = design.SHARES[len(cells)]
    highest = max(
        _high("cell", text, share * design.WIDTH - 2 * design.CELL_ASIDE)
        for text, share in zip(cells, shares, strict=True)
    )
    return highest + 2 * design.CELL_ABOVE + 1
