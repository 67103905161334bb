"""The bar with every page, above the page. Plain HTML: there before any script runs, drawn once."""

from __future__ import annotations

from html import escape

from lib.markup.tags import link, tag
from lib.navigation import PAGES, Entry


def _entry(entry: Entry) -> str:
    return link(entry.title, f"./{entry.path}")


def _group(name: str, entries: tuple[Entry, ...]) -> str:
    """The pages of a group behind its name; those of no group stand in the bar itself."""
    shown = "".join(_entry(entry) for entry in entries if not entry.hidden)
    if not name:
        return shown
    return f'<details name="tb-menu"><summary>{escape(name)}</summary>{tag("div", shown)}</details>'


def menu() -> str:
    """The bar as HTML; its links are relative to the page they stand on."""
    groups = "".join(_group(name, entries) for name, entries in PAGES.items())
    skip = '<a class="tb-skip" href="#stMain">跳到正文</a>'  # first, for who goes by keyboard
    return f'<nav class="tb-menu" aria-label="栏目">{skip}{tag("strong", "通报台")}{groups}</nav>'
