"""Tags, links and cells: what every block is made of. Every text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.insight.cells import Bar, Count, Figure, Led, Lit, Place, Way
from lib.insight.status import Light
from lib.insight.wording import grouped
from lib.links import carried
from lib.queries.facts import Fact
from lib.queries.references import fact_reference

_WORD = 8  # characters
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$:])")


def plain(text: str) -> str:
    """Data shown inside Markdown: nothing in it is markup."""
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", " ")


def sentence(said: object) -> str:
    """What an error says, inside Markdown: with its full stop, which it leaves to who shows it."""
    return plain(f"{str(said).removesuffix('。')}。")


def tag(name: str, content: str, css: str = "") -> str:
    """An element with content that is HTML already."""
    return f'<{name} class="{css}">{content}</{name}>' if css else f"<{name}>{content}</{name}>"


def link(text: str, href: str, css: str = "") -> str:
    """A link to a page of the app; `links.js` follows it without loading the app again."""
    return f'<a class="{f"tb-go {css}".strip()}" href="{escape(href)}">{escape(text)}</a>'


def sources_address(facts: Iterable[Fact]) -> str:
    """The address of 数字溯源 for the facts behind a figure."""
    return carried("trace", of=[fact_reference(fact) for fact in facts])


def cell(text: str) -> str:
    """A cell's text; a verdict has its colour, a figure leads to its source, a place to its profile."""
    if isinstance(text, Lit):
        return badge(text.light)
    if isinstance(text, Count):
        return _grouped(text)
    if isinstance(text, Bar):
        bar = f'tb-bar tb-{text.tone}" style="--tb-share:{text.share:.3f}"'
        if text.way is None:
            return f'<span class="{bar}>{_grouped(text)}</span>'
        return f'<a class="tb-go {bar} href="{escape(way_address(text.way))}">{_grouped(text)}</a>'
    if isinstance(text, Led):
        return link(text, way_address(text.way))
    if isinstance(text, Figure):
        return link(text, sources_address(text.facts), "tb-source")
    if isinstance(text, Place) and text.id in (*DEPARTMENT_IDS, *DISTRICT_IDS):
        return link(text, profile_address(text.id))
    return escape(text)


def _grouped(text: str) -> str:
    return grouped(int(text)) if text.isdecimal() else escape(text)


@lru_cache(maxsize=4096)
def way_address(way: Way) -> str:
    """The address a cell leads to, narrowed to the way's places."""
    return carried(way.page, district=way.district, department=way.department, **dict(way.own))


def profile_address(place: str) -> str:
    """The address of a place's profile: its page, filtered to it."""
    kind = "department" if place in DEPARTMENT_IDS else "district"
    return carried(kind, **{kind: place})


def wrap(text: str, most: int = _WORD) -> str:
    """The class of a cell that may break: not a date, nor a word or a figure of at most so many characters.

    Most cells do not: a browser looks every attribute over before it shows a table.
    """
    return "" if len(text) <= most or _DATE.fullmatch(text) else "tb-wraps"


def badge(light: Light) -> str:
    """A light: colour, shape and word."""
    return tag("span", escape(str(light)), f"tb-light tb-{light.tone}")
