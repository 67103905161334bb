"""What a brief is made of, before it is a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lib.documents.brief.design import CARD_COLUMNS
from lib.insight.cards import Card


@dataclass(frozen=True)
class Part:
    """A part of the page: rows under `columns`, or sentences where there are none, of `total` there are.

    unit: what a row is counted with;  note: stands under it
    """

    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    note: str = ""

    @property
    def completeness(self) -> str:
        """For people: 共8条，已全部列出; 共8条，列5条."""
        shown = len(self.rows)
        tail = "已全部列出" if shown == self.total else f"列{shown}{self.unit}"
        return f"共{self.total}{self.unit}，{tail}"

    def shortened(self) -> Part:
        """The same without its last row."""
        return replace(self, rows=self.rows[:-1])


@dataclass(frozen=True)
class Brief:
    """One page. `about` are the lines under the title; `notice` says why there is nothing, if so."""

    title: str
    about: tuple[str, ...]
    cards: tuple[Card, ...]
    parts: tuple[Part, ...]
    footer: str
    notice: str = ""
    synthetic: bool = False

    @property
    def card_rows(self) -> list[tuple[Card, ...]]:
        """The cards as they stand beside each other."""
        starts = range(0, len(self.cards), CARD_COLUMNS)
        return [self.cards[n : n + CARD_COLUMNS] for n in starts]
