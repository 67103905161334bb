"""One screen of a deck, as data; `deck.html` draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from lib.insight.cards import Card
from lib.insight.table import Table
from lib.insight.wording import listed_whole
from lib.meeting.paging import TYPE, sentence_parts, table_parts

Layout = Literal["cover", "cards", "card", "points", "table", "chart", "message"]


@dataclass(frozen=True)
class Page:
    """A screen. Which fields hold something follows from `layout`.

    remark: beside the title; `reading`: the sentence below the content
    chart:  draws an `<svg>` element, its texts escaped
    size:   of the type of a table or list, in vmin; `slack` and `shares` as in `TablePart`
    first:  the number of the first sentence
    part, parts: which screen of how many this is of one slide
    """

    layout: Layout
    title: str
    remark: str = ""
    lines: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    table: Table | None = None
    size: float = TYPE[0]
    slack: int = 0
    shares: tuple[int, ...] = ()
    chart: Callable[[], str] | None = None
    reading: str = ""
    first: int = 1
    part: int = 1
    parts: int = 1

    @property
    def heading(self) -> str:
        """The title, and which part this is."""
        return (
            f"{self.title}（{'续 ' if self.part > 1 else ''}{self.part}/{self.parts}）"
            if self.parts > 1
            else self.title
        )


def numbered(pages: list[Page]) -> tuple[Page, ...]:
    """The screens of one slide, each knowing which it is."""
    return tuple(replace(page, part=n, parts=len(pages)) for n, page in enumerate(pages, 1))


def table_pages(title: str, remark: str, table: Table, reading: str = "") -> tuple[Page, ...]:
    """A table in full over as many screens as it takes; how many rows it has is said on each."""
    said = f"{listed_whole(len(table.rows))}“—”为没有报送，不等于零。{reading}"
    return numbered(
        [
            Page(
                "table",
                title,
                remark,
                table=part.table,
                size=part.size,
                slack=part.slack,
                shares=part.shares,
                reading=said,
            )
            for part in table_parts(table)
        ]
    )


def sentence_list(title: str, remark: str, sentences: tuple[str, ...]) -> tuple[Page, ...]:
    """Sentences in full over as many screens as they take."""
    return numbered(
        [
            Page("points", title, remark, lines=part.sentences, size=part.size, first=part.first)
            for part in sentence_parts(sentences)
        ]
    )


def message(title: str, sentence: str) -> tuple[Page, ...]:
    """A screen that says why there is nothing to show."""
    return (Page("message", title, lines=(sentence,)),)
