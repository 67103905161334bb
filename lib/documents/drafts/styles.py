"""What a paragraph's style tells of it: whether it is a heading, whether Word numbers it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_NAME = re.compile(r"heading \d|标题 ?\d|title|标题", re.IGNORECASE)
_PROPERTIES, _VALUE = qn("w:pPr"), qn("w:val")
_BODY_LEVEL = "9"  # of w:outlineLvl: no heading at all


@dataclass(frozen=True)
class Styles:
    """The ids of a document's styles that make headings, and of those that number."""

    headings: frozenset[str]
    numbered: frozenset[str]

    def is_heading(self, paragraph: BaseOxmlElement) -> bool:
        """Whether its style or its own outline level makes it a heading."""
        level = _value(paragraph, "w:outlineLvl")
        return level != _BODY_LEVEL if level else _value(paragraph, "w:pStyle") in self.headings

    def is_numbered(self, paragraph: BaseOxmlElement) -> bool:
        """Whether Word writes a number or a bullet before it."""
        own = paragraph.find(f"{_PROPERTIES}/{qn('w:numPr')}/{qn('w:numId')}")
        if own is not None:
            return str(own.get(_VALUE)) != "0"
        return _value(paragraph, "w:pStyle") in self.numbered


def styles_of(document: DocumentType) -> Styles:
    """The document's styles; what a style says holds for those based on it."""
    every = {
        style.get(qn("w:styleId"), ""): style
        for style in document.styles.element.iterchildren(qn("w:style"))
    }
    families = {name: _family(name, every) for name in every}
    return Styles(
        frozenset(n for n, family in families.items() if any(map(_makes_heading, family))),
        frozenset(
            n for n, family in families.items()
            if any(s.find(f"{_PROPERTIES}/{qn('w:numPr')}") is not None for s in family)
        ),
    )  # fmt: skip


def _family(name: str, every: dict[str, BaseOxmlElement]) -> list[BaseOxmlElement]:
    """A style and those it is based on, each once: a file may base a style on itself."""
    found: dict[str, BaseOxmlElement] = {}
    while name in every and name not in found:
        found[name] = every[name]
        base = every[name].find(qn("w:basedOn"))
        name = "" if base is None else base.get(_VALUE, "")
    return list(found.values())


def _makes_heading(style: BaseOxmlElement) -> bool:
    name = style.find(qn("w:name"))
    level = _value(style, "w:outlineLvl")
    named = name is not None and _NAME.fullmatch(name.get(_VALUE, ""))
    return bool(named) or (level is not None and level != _BODY_LEVEL)


def _value(element: BaseOxmlElement, tag: str) -> str | None:
    """The value of one of a paragraph's or style's own paragraph properties."""
    found = element.find(f"{_PROPERTIES}/{qn(tag)}")
    return None if found is None else found.get(_VALUE)
