"""What a section of the bulletin holds besides its charts: single figures, lists, highlights.

Whatever no exhibit of the page shows comes here by itself, so that nothing stays without a view.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.outline import SECTIONS
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.catalog.rosters import ROSTERS, Roster, Tone
from lib.insight.cells import Figure, figure, named, stated_in_full
from lib.insight.wording import in_full
from lib.queries.facts import Fact, fact_book
from lib.queries.rosters import roster_members
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.notes import remark, when
from lib.views.register import VIEWS

# Page in `pages/` > the sections of the outline it shows, in its order.
PAGE_SECTIONS: dict[str, tuple[str, ...]] = {
    "centers": ("二",),
    "benefits": ("前言", "一、1", "一、2", "一、3"),
    "online": (
        *(f"三（一）{n}" for n in range(1, 9)), "三（四）", "三（五）", "一、5", "一、6",
    ),
    "indicators": (
        "三（二）", "三（二）权力事项认领", "三（二）不见面办理", "三（二）即办件", "一、4",
    ),
    "warnings": ("三（三）",),
    "supervision": ("四（一）", "四（二）", "四（三）", "四（四）", "四（五）"),
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, of whom, the figure as written (a cell that leads on), its date."""

    name: str
    scope: str
    value: str
    when: str
    note: str


@dataclass(frozen=True)
class Member:
    """One name of a list; departments and districts lead to their profiles."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class Listing:
    """A list: `count` compares what was stated with what is listed; `tone` is told by a word."""

    name: str
    tone: Tone
    count: str
    members: tuple[Member, ...]
    when: str
    note: str


@dataclass(frozen=True)
class Event:
    """A highlight: what was done, where, and the date as stated."""

    text: str
    place: str
    when: str
    note: str


@dataclass(frozen=True)
class Section:
    """A section of the bulletin for a selection. `hidden`: how much the filters leave out."""

    id: str
    title: str
    tiles: tuple[Tile, ...]
    listings: tuple[Listing, ...]
    events: tuple[Event, ...]
    hidden: int = 0

    @property
    def note(self) -> str:
        """What the filters leave out, for people; empty where nothing."""
        return f"另有{self.hidden}项属于未选的地区或部门，没有显示。" if self.hidden else ""


@lru_cache(maxsize=64)
def sections(page: str, selection: Selection) -> tuple[Section, ...]:
    """The sections of a page that hold anything beyond its exhibits, in the page's order."""
    cells = [
        cell
        for view in VIEWS
        if view.page == page
        for row in view.make(selection).table.rows
        for cell in row
    ]
    drawn = {fact for cell in cells if isinstance(cell, Figure) for fact in cell.facts}
    told = set(map(str, cells))
    made = [_section(section, selection, drawn, told) for section in PAGE_SECTIONS[page]]
    return tuple(s for s in made if s.tiles or s.listings or s.events or s.hidden)


def holds_nothing(page: str, selection: Selection) -> bool:
    """Whether the period holds nothing a page could show."""
    views = [view.make(selection) for view in VIEWS if view.page == page]
    return all(view.empty for view in views) and not sections(page, selection)


def _section(id: str, selection: Selection, drawn: set[Fact], told: set[str]) -> Section:
    book = fact_book(selection.release_id, selection.period)
    facts = [
        fact
        for fact in book
        if fact.dataset == "indicators"
        and (fact.section or METRIC_BY_ID[fact.metric].section) == id
    ]
    rows = [
        row
        for row in highlights(selection.release_id, selection.period).to_pylist()
        if row["section"] == id
    ]
    tiles = [fact for fact in facts if is_chosen(fact.district, fact.department, selection)]
    events = [row for row in rows if is_chosen(row["district"], None, selection)]
    return Section(
        id,
        SECTIONS[id],
        tuple(_tile(fact) for fact in tiles if fact not in drawn),
        tuple(_listings(id, selection)),
        tuple(_event(row) for row in events if row["item"] not in told),
        len(facts) - len(tiles) + len(rows) - len(events),
    )


def is_chosen(district: str | None, department: str | None, selection: Selection) -> bool:
    """Whether the filters show a figure of that place; 全市 and 市本级 are always shown."""
    if department is not None:
        return department in selection.departments
    return district in (None, "city", "city_level", *selection.districts)


def _tile(fact: Fact) -> Tile:
    place = fact.department or fact.district
    return Tile(
        metric_name(fact.metric, fact.period),
        _place(place),
        stated_in_full(fact),
        when(fact.as_of_text),
        remark(fact.note, fact.as_of_text),
    )


def _place(place: str | None) -> str:
    """A place by name; 全市 and 市本级 have no profile to lead to."""
    known = place in DISTRICT_IDS or place in DEPARTMENT_IDS
    return named(place) if known else place_name(place)


def _event(row: dict[str, Any]) -> Event:
    place = named(row["district"]) if row["district"] in DISTRICT_IDS else ""
    text = row["as_of_text"]
    return Event(row["item"], place, when(text), remark(row["note"], text))


def _listings(id: str, selection: Selection) -> list[Listing]:
    rows = roster_members(selection.release_id, selection.period).to_pylist()
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["roster"], []).append(row)
    own = [roster for roster in ROSTERS if roster.section == id and roster.id in found]
    return [_listing(roster, found[roster.id], selection) for roster in own]


def _listing(roster: Roster, rows: list[dict[str, Any]], selection: Selection) -> Listing:
    chosen = {
        "department": selection.chosen_departments,
        "district": selection.chosen_districts,
        "text": (),
    }[roster.member]
    shown = [row for row in rows if not chosen or row["member"] in chosen]
    text = rows[0]["as_of_text"]
    notes = [remark(row["note"], text).split("；") for row in rows]
    shared = [clause for clause in notes[0] if clause and all(clause in note for note in notes)]
    members = [_member(roster, row, shared, text) for row in shown]
    count = _count(roster, rows, selection)
    if chosen:
        what = "部门" if roster.member == "department" else "地区"
        tail = f"，所选{len(shown)}个" if shown else f"，所选{what}不在其中"
        count = figure(count + tail, count.facts if isinstance(count, Figure) else ())
    return Listing(roster.name, roster.tone, count, tuple(members), when(text), "；".join(shared))


def _member(roster: Roster, row: dict[str, Any], shared: list[str], text: str | None) -> Member:
    own = [c for c in remark(row["note"], text).split("；") if c and c not in shared]
    return Member(
        row["member"] if roster.member == "text" else _place(row["member"]), "；".join(own)
    )


def _count(roster: Roster, rows: list[dict[str, Any]], selection: Selection) -> str:
    """What the source states beside what it lists: 共22个; 原文称14个，列名3个."""
    book = fact_book(selection.release_id, selection.period)
    fact = book.get(f"roster_{roster.id}", rows[0]["district"])
    complete = all(row["complete"] for row in rows)
    if fact is None:
        return f"列名{len(rows)}个" + ("" if complete else "，未列全")
    if not complete:
        return figure(f"原文称{in_full(fact)}，列名{len(rows)}个", [fact])
    if fact.value == len(rows):
        return figure(f"共{in_full(fact)}", [fact])
    return figure(f"原文称{in_full(fact)}，实列{len(rows)}个，不一致", [fact])


def place_section(selection: Selection, place: str, drawn: set[Fact]) -> Section:
    """A district's or department's own part: its figures not drawn elsewhere, lists and highlights."""
    book = fact_book(selection.release_id, selection.period)
    facts = [
        fact
        for fact in book
        if place in (fact.department, fact.district)
        and fact not in drawn
        and fact.dataset != "roster"
    ]
    id = f"二、{place_name(place)}"
    events = [
        row
        for row in highlights(selection.release_id, selection.period).to_pylist()
        if row["district"] == place
    ]
    return Section(
        id if id in SECTIONS else "",
        place_name(place),
        tuple(_tile(fact) for fact in facts),
        tuple(_listings(id, selection)),
        tuple(replace(_event(row), place="") for row in events),
    )
