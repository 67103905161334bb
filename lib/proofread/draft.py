"""A draft as the checks read it: paragraphs of plain text, and the figures a Word file marks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A content control of a Word file around `text[start:end]`; `tag` names the fact it was made from."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `number` counts the paragraphs of the file from 1, as people would."""

    number: int
    text: str
    heading: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A draft: where it came from (a file's name, or 粘贴的文字) and its paragraphs, blank ones left out."""

    name: str
    paragraphs: tuple[Paragraph, ...]
