"""View objects as HTML: every text escaped, nothing but the classes of `assets/style.css`.

One string per block is far less for a browser to build than a component per line: the cards of
a page cost one element instead of twenty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.insight.cells import Figure, Place
from lib.insight.overview import Card
from lib.insight.status import Light
from lib.insight.table import Table
from lib.links import address, fact_reference
from lib.queries.facts import Fact
from lib.selection import Selection
from lib.views import tile_map as tile_maps
from lib.views.notes import UNDATED
from lib.views.section import Event, Listing, Section, Tile


def _tag(name: str, content: str, css: str = "") -> str:
    return f'<{name} class="{css}">{content}</{name}>' if css else f"<{name}>{content}</{name}>"


def link(text: str, href: str, css: str = "") -> str:
    """A link to a page of the app; `links.js` follows it without loading the app again."""
    return f'<a class="{f"tb-go {css}".strip()}" href="{escape(href)}">{escape(text)}</a>'


def _sources(facts: Iterable[Fact], at: Selection) -> str:
    """The address of 数字溯源 for the facts behind a figure."""
    return address("trace", at, of=[fact_reference(fact) for fact in facts])


def _cell(text: str, at: Selection | None) -> str:
    """A cell's text; a figure leads to its source, a place to its profile."""
    if at is not None and isinstance(text, Figure):
        return link(text, _sources(text.facts, at), "tb-source")
    if at is not None and isinstance(text, Place) and text.id in (*DEPARTMENT_IDS, *DISTRICT_IDS):
        return link(text, profile_address(text.id, at))
    return escape(text)


def profile_address(place: str, at: Selection) -> str:
    """The address of a place's profile: its page, filtered to it."""
    if place in DEPARTMENT_IDS:
        return address("department", replace(at, chosen_departments=(place,)))
    return address("district", replace(at, chosen_districts=(place,)))


def badge(light: Light) -> str:
    """A light: colour, shape and word."""
    return _tag("span", escape(str(light)), f"tb-light tb-{light.tone}")


def _card(item: Card, at: Selection | None) -> str:
    value = escape(item.value)
    if at is not None and item.facts:
        value = link(item.value, _sources(item.facts, at), "tb-source")
    definition = escape(METRIC_BY_ID[item.metric].definition)
    return _tag(
        "section",
        _tag("h3", f"{escape(item.title)} {_tag('small', escape(item.scope))}")
        + _tag("p", f"<strong>{value}</strong> {escape(item.unit)} {badge(item.light)}", "tb-figure")
        + _tag("p", "<br>".join(escape(line) for line in item.lines), "tb-lines")
        + _tag("details", f"<summary>口径</summary>{definition}"),
        f"tb-card tb-card-{item.metric}",
    )  # fmt: skip


def cards(items: Sequence[Card], at: Selection | None = None) -> str:
    """Headline cards: six in a row on a wide screen, three on a laptop, two on a phone.

    With a selection, figures lead to their sources.
    """
    return _tag(
        "div",
        _tag("div", "".join(_card(item, at) for item in items), f"tb-cards tb-of-{len(items)}"),
        "tb-frame",
    )


def file_head(name: str, summary: str, badges: Sequence[tuple[str, str]]) -> str:
    """A file's or part's name, what it is, and (text, tone) badges."""
    shown = " ".join(_tag("span", escape(text), f"tb-light tb-{tone}") for text, tone in badges)
    return _tag("p", f"<strong>{escape(name)}</strong> {shown}<br>{escape(summary)}", "tb-file")


def table(content: Table, at: Selection | None = None) -> str:
    """A short table that scrolls inside itself where the screen is narrow.

    With a selection, figures lead to their sources and places to their profiles.
    """
    head = "".join(_tag("th", escape(label)) for label in content.columns)
    rows = "".join(
        _tag("tr", "".join(_tag("td", _cell(cell, at)) for cell in row)) for row in content.rows
    )
    body = f"<thead>{_tag('tr', head)}</thead><tbody>{rows}</tbody>"
    return _tag("div", _tag("table", body, "tb-table"), "tb-scroll")


def pairs(rows: Iterable[Sequence[str]]) -> str:
    """What a thing is, line by line: (label, text); long texts wrap."""
    body = "".join(
        _tag("tr", f'<th scope="row">{escape(label)}</th>{_tag("td", escape(text))}')
        for label, text in rows
    )
    return _tag("table", f"<tbody>{body}</tbody>", "tb-table tb-pairs")


def onward(names: Sequence[str], places: Sequence[str], dimension: str, at: Selection) -> str:
    """What was clicked on, and where to go from there: only these, or one's profile."""
    ways = []
    if places and dimension:
        only = (
            replace(at, chosen_districts=tuple(places))
            if dimension == "district"
            else replace(at, chosen_departments=tuple(places))
        )
        ways.append(link(f"只看{'、'.join(names)}", address("", only)))
        ways += [
            link(f"{name}画像", profile_address(place, at))
            for name, place in zip(names, places, strict=True)
        ]
    head = f"<strong>{escape('、'.join(names))}：数据来源</strong>（版本 {escape(at.release_id)}）"
    return _tag("p", "　".join((head, *ways)), "tb-onward")


def numbered(sentences: Iterable[str]) -> str:
    """Sentences as a numbered list."""
    return _tag("ol", "".join(_tag("li", escape(text)) for text in sentences), "tb-list")


def heading(text: str, remark: str = "") -> str:
    """A section's heading with an optional remark behind it."""
    return _tag(
        "h2", escape(text) + (f" {_tag('small', escape(remark))}" if remark else ""), "tb-heading"
    )


def title(text: str, remark: str) -> str:
    """A page's title and the line under it."""
    return _tag("h1", escape(text), "tb-title") + note(remark)


def figure(text: str) -> str:
    """One figure in large type."""
    return _tag("p", _tag("strong", escape(text)), "tb-figure")


def note(text: str) -> str:
    """A line in small, faint type."""
    return _tag("p", escape(text), "tb-note")


_TONES = {"praise": ("▲ 表现较好", "green"), "concern": ("▼ 须关注", "orange")}


def sections(blocks: Sequence[Section], at: Selection) -> str:
    """Sections of the bulletin: figures, lists and highlights under their headings."""
    return _tag("div", "".join(_section(block, at) for block in blocks), "tb-sections")


def _section(block: Section, at: Selection) -> str:
    tiles = "".join(_tile(tile, at) for tile in block.tiles)
    return _tag(
        "section",
        heading(block.title, f"通报{block.id}")
        + (_tag("ul", tiles, "tb-tiles") if tiles else "")
        + "".join(_listing(listing, at) for listing in block.listings)
        + _events(block.events, at)
        + (note(block.note) if block.note else ""),
        "tb-section",
    )


def _tile(tile: Tile, at: Selection) -> str:
    return _tag(
        "li",
        _tag("span", escape(tile.name))
        + _tag("strong", _cell(tile.value, at))
        + _tag(
            "small",
            _aside(_cell(tile.scope, at), _dated(tile.when, "时点未注明"), escape(tile.note)),
        ),
    )


def _listing(listing: Listing, at: Selection) -> str:
    word, tone = _TONES.get(listing.tone, ("", ""))
    flag = f" {_tag('span', word, f'tb-light tb-{tone}')}" if word else ""
    members = "".join(
        _tag("li", _cell(m.name, at) + (f" {_tag('small', escape(m.note))}" if m.note else ""))
        for m in listing.members
    )
    about = _tag("small", _aside(_cell(listing.count, at), _dated(listing.when)))
    return _tag(
        "div",
        _tag("h3", f"{escape(listing.name)}{flag} {about}")
        + (_tag("ul", members, "tb-chips") if members else "")
        + (note(listing.note) if listing.note else ""),
        "tb-roster",
    )


def _events(events: Sequence[Event], at: Selection) -> str:
    lines = "".join(
        _tag(
            "li",
            f"{escape(e.text)} "
            + _tag("small", _aside(_cell(e.place, at), _dated(e.when), escape(e.note))),
        )
        for e in events
    )
    return _tag("ul", lines, "tb-events") if lines else ""


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
            _tag("li", f"{escape(row[1])} {_tag('small', escape(row[2]))}")
            for row in content.rows
            if row[0] == date
        )
        css = "tb-apart" if date == apart else ""
        groups.append(_tag("li", _tag("h3", escape(date)) + _tag("ul", events), css))
    return _tag("ol", "".join(groups), "tb-timeline")


def tile_map(tiles: Sequence[tile_maps.Tile], reading: str, at: Selection) -> str:
    """Districts as tiles; each filters to itself, the chosen one back to all."""
    made = "".join(_map_tile(tile, at) for tile in tiles)
    label = escape(reading, quote=True)
    return f'<nav class="tb-map" aria-label="{label}">{made}</nav>' + note(reading)


def _map_tile(tile: tile_maps.Tile, at: Selection) -> str:
    others = tuple(place for place in at.chosen_districts if place != tile.district)
    wanted = others if tile.chosen else (tile.district,)
    css = " ".join(
        name
        for name, applies in (
            ("tb-go tb-tile", True),
            ("tb-bound", tile.bound),
            ("tb-missing", tile.shade is None and not tile.bound),
            ("tb-dark", (tile.shade or 0) > 0.45),
            ("tb-chosen", tile.chosen),
        )
        if applies
    )
    style = (
        f"grid-row:{tile.row};grid-column:{tile.column};--tb-shade:{(tile.shade or 0) * 100:.0f}%"
    )
    href = escape(address("", replace(at, chosen_districts=wanted)))
    pressed = "true" if tile.chosen else "false"
    return (
        f'<a class="{css}" style="{style}" href="{href}" aria-pressed="{pressed}">'
        f"<span>{escape(tile.name)}</span><strong>{escape(tile.text)}</strong></a>"
    )


def siblings(places: Sequence[str], here: str, at: Selection) -> str:
    """Links to the profiles of places of one kind, the one in view marked, and to all of them."""
    links = [
        _tag("strong", escape(place_name(place)))
        if place == here
        else link(place_name(place), profile_address(place, at))
        for place in places
    ]
    everything = replace(at, chosen_districts=(), chosen_departments=())
    return _tag("nav", " · ".join([link("全部", address("", everything)), *links]), "tb-siblings")
