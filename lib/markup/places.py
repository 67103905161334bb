"""The map of tiles, and the ways from place to place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from lib.catalog.places import place_name
from lib.links import address
from lib.markup.tags import link, profile_address, tag
from lib.markup.texts import note
from lib.selection import Selection
from lib.views.tile_map import Tile


def tile_map(tiles: Sequence[Tile], reading: str, at: Selection) -> str:
    """Districts as tiles; each filters to itself, the chosen one back to all."""
    made = "".join(_map_tile(tile, at) for tile in tiles)
    label = escape(reading, quote=True)
    return f'<nav class="tb-map" aria-label="{label}">{made}</nav>' + note(reading)


def _map_tile(tile: Tile, at: Selection) -> str:
    others = tuple(place for place in at.chosen_districts if place != tile.district)
    wanted = others if tile.chosen else (tile.district,)
    css = " ".join(
        name
        for name, applies in (
            ("tb-go tb-tile", True),
            ("tb-bound", tile.bound),
            ("tb-missing", tile.shade is None and not tile.bound),
            ("tb-chosen", tile.chosen),
        )
        if applies
    )
    style = (
        f"grid-row:{tile.row};grid-column:{tile.column};--tb-shade:{(tile.shade or 0) * 100:.0f}%"
    )
    href = escape(address("", replace(at, chosen_districts=wanted)))
    current = ' aria-current="true"' if tile.chosen else ""
    return (
        f'<a class="{css}" style="{style}" href="{href}"{current}>'
        f"<span>{escape(tile.name)}</span><strong>{escape(tile.text)}</strong></a>"
    )


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
            link(f"{name}画像", profile_address(place))
            for name, place in zip(names, places, strict=True)
        ]
    head = f"<strong>{escape('、'.join(names))}：数据来源</strong>（版本 {escape(at.release_id)}）"
    return tag("p", "　".join((head, *ways)), "tb-onward")


def siblings(places: Sequence[str], here: str, at: Selection) -> str:
    """Links to the profiles of places of one kind, the one in view marked, and to all of them."""
    links = [
        tag("strong", escape(place_name(place)))
        if place == here
        else link(place_name(place), profile_address(place))
        for place in places
    ]
    everything = replace(at, chosen_districts=(), chosen_departments=())
    return tag("nav", " · ".join([link("全部", address("", everything)), *links]), "tb-siblings")
