"""Table cells that lead somewhere: a figure to the facts behind it, a place to its profile, a count to its cases.

They are texts like any other for files and comparisons; only what draws a table looks further.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lib.catalog.places import place_name
from lib.insight.status import Light, Tone
from lib.insight.wording import MISSING, in_full, in_short
from lib.queries.facts import Fact


class Figure(str):
    """A figure as people read it, with the facts it was made from."""

    __slots__ = ("facts",)
    facts: tuple[Fact, ...]


class Place(str):
    """A place's display name, with its id."""

    __slots__ = ("id",)
    id: str


class Lit(str):
    """A verdict as text, with its light."""

    __slots__ = ("light",)
    light: Light


@dataclass(frozen=True)
class Way:
    """Where a cell leads: a page, the places it is narrowed to (ids), and parameters of the page's own."""

    page: str
    district: str = ""
    department: str = ""
    own: tuple[tuple[str, str], ...] = ()


class Led(str):
    """A text that leads to a page."""

    __slots__ = ("way",)
    way: Way


class Count(str):
    """A whole number: in files as it is, its digits in groups of three where people read it."""

    __slots__ = ()


class Bar(str):
    """A number with a bar as long as its share (0 to 1) of the longest, and where it leads, if anywhere."""

    __slots__ = ("share", "tone", "way")
    share: float
    tone: Tone
    way: Way | None


def led(text: str, way: Way) -> str:
    """A text that leads to a page."""
    made = Led(text)
    made.way = way
    return made


def count(number: int) -> str:
    """A whole number as a cell."""
    return Count(number)


def bar(text: str, share: float, tone: Tone, way: Way | None = None) -> str:
    """A number with a bar; the text as it is where there is nothing to draw."""
    if not share:
        return text
    made = Bar(text)
    made.share, made.tone, made.way = share, tone, way
    return made


def lit(light: Light) -> str:
    """A light as a cell: shape and word, drawn in its colour."""
    made = Lit(str(light))
    made.light = light
    return made


def figure(text: str, facts: Iterable[Fact | None]) -> str:
    """A text with the facts behind it; a text as it is where there is none."""
    known = tuple(fact for fact in facts if fact is not None)
    if not known or text == MISSING:
        return text
    made = Figure(text)
    made.facts = known
    return made


def stated(fact: Fact | None, unit: bool = True) -> str:
    """A fact as written, short (<70%); an em dash where it is missing."""
    return figure(in_short(fact, unit), [fact])


def stated_in_full(fact: Fact | None) -> str:
    """A fact as in a sentence (低于70%); an em dash where it is missing."""
    return figure(in_full(fact), [fact])


def summed(facts: Iterable[Fact | None]) -> str:
    """The sum of what was stated; an em dash where nothing was."""
    known = [fact for fact in facts if fact is not None]
    if not known:
        return MISSING
    total = sum((fact.value for fact in known), Decimal(0))
    return figure(f"{total.normalize():f}", known)


def named(place: str | None) -> str:
    """A place by name, leading to its profile."""
    if place is None:
        return MISSING
    made = Place(place_name(place))
    made.id = place
    return made
