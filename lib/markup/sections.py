"""Sections of the bulletin: figures, lists and highlights, and the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lib.insight.table import Table
from lib.markup.tags import cell, tag
from lib.markup.texts import heading, note
from lib.views.notes import UNDATED
from lib.views.section import Event, Listing, Section, Tile

_TONES = {"praise": ("▲ 表现较好", "green"), "concern": ("▼ 须关注", "orange")}


def sections(blocks: Sequence[Section]) -> str:
    """Sections of the bulletin: figures, lists and highlights under their headings."""
    return tag("div", "".join(_section(block) for block in blocks), "tb-sections")


def _section(block: Section) -> str:
    tiles = "".join(_tile(tile) for tile in block.tiles)
    return tag(
        "section",
        heading(block.title, f"通报{block.id}")
        + (tag("ul", tiles, "tb-tiles") if tiles else "")
        + "".join(_listing(listing) for listing in block.listings)
        + _events(block.events)
        + (note(block.note) if block.note else ""),
        "tb-section",
    )


def _tile(tile: Tile) -> str:
    return tag(
        "li",
        tag("span", escape(tile.name))
        + tag("strong", cell(tile.value))
        + tag(
            "small",
            _aside(cell(tile.scope), _dated(tile.when, "时点未注明"), escape(tile.note)),
        ),
    )


def _listing(listing: Listing) -> str:
    word, tone = _TONES.get(listing.tone, ("", ""))
    flag = f" {tag('span', word, f'tb-light tb-{tone}')}" if word else ""
    members = "".join(
        tag("li", cell(m.name) + (f" {tag('small', escape(m.note))}" if m.note else ""))
        for m in listing.members
    )
    about = tag("small", _aside(cell(listing.count), _dated(listing.when)))
    return tag(
        "div",
        tag("h3", f"{escape(listing.name)}{flag} {about}")
        + (tag("ul", members, "tb-chips") if members else "")
        + (note(listing.note) if listing.note else ""),
        "tb-roster",
    )


def _events(events: Sequence[Event]) -> str:
    lines = "".join(
        tag(
            "li",
            f"{escape(e.text)} "
            + tag("small", _aside(cell(e.place), _dated(e.when), escape(e.note))),
        )
        for e in events
    )
    return tag("ul", lines, "tb-events") if lines else ""


def _dated(when: str, undated: str = "") -> str:
    return undated if when == UNDATED else escape(when)


def _aside(*parts: str) -> str:
    """Remarks that are HTML already, the empty ones left out."""
    return "｜".join(part for part in parts if part)


def timeline(content: Table, apart: str) -> str:
    """A table of date, event and section as a timeline; the date `apart` stands off the line."""
    dates = dict.fromkeys(row[0] for row in content.rows)
    groups = []
    for date in dates:
        events = "".join(
            tag("li", f"{escape(row[1])} {tag('small', escape(row[2]))}")
            for row in content.rows
            if row[0] == date
        )
        css = "tb-apart" if date == apart else ""
        groups.append(tag("li", tag("h3", escape(date)) + tag("ul", events), css))
    return tag("ol", "".join(groups), "tb-timeline")
