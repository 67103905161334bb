"""What a bulletin is made of before it is a file: paragraphs whose figures know their facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from lib.insight.table import Table
from lib.selection import Selection

# 0 is body text; 1, 2 and 3 are headings numbered 一、（一）1. as GB/T 9704 has them.
Level = Literal[0, 1, 2, 3]


class Gap(str):
    """A visible mark where a figure or a list was not reported: 〔缺：不见面办理率，全市〕."""

    __slots__ = ()


@dataclass(frozen=True)
class Block:
    """One paragraph.

    spans:    its pieces in order; a `lib.insight.cells.Figure` is a figure with its facts, a `Gap`
              a missing one, everything else plain text. A heading's number is part of its text.
    lead:     how many of the first spans are a run-in heading (溧阳市：), 0 where there is none
    section:  the id in `lib.catalog.outline` it belongs to; empty for frame text
    template: the file that worded it
    rules:    ids of the declared rules (comparison, ranking, list) whose sentences it holds
    """

    spans: tuple[str, ...]
    level: Level = 0
    lead: int = 0
    section: str = ""
    template: str = ""
    rules: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraph as people read it."""
        return "".join(self.spans)


@dataclass(frozen=True)
class Appendix:
    """A table after the signature; its cells may be figures. `note` stands under it."""

    title: str
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Bulletin:
    """A whole bulletin. `signatory` has a line each; the document's number is never made up.

    notices: what the person who asked for it should know and the document does not say
    """

    selection: Selection
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    attachments: tuple[str, ...]
    signatory: tuple[str, ...]
    date: dt.date
    appendices: tuple[Appendix, ...] = ()
    synthetic: bool = False
    notices: tuple[str, ...] = ()

    @property
    def date_text(self) -> str:
        """The date of issue as GB/T 9704 writes it: 2022年8月8日."""
        return f"{self.date.year}年{self.date.month}月{self.date.day}日"

    @property
    def gaps(self) -> int:
        """How many visible gaps the text has."""
        return sum(isinstance(span, Gap) for block in self.blocks for span in block.spans)
