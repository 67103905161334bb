"""What a section has not said yet: its remaining lists, figures and highlights, in plain words.

This is what keeps a bulletin whole for any period: a figure no template asks for is still stated.
"""

from __future__ import annotations

from collections.abc import Iterable

from lib.bulletin.lists import Lists
from lib.bulletin.spans import Mark, Piece, Term, told
from lib.bulletin.times import by_when
from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.places import DISTRICT_IDS, place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.insight.cells import Figure, figure
from lib.insight.wording import in_full
from lib.queries.facts import Fact, FactBook
from lib.selection import Selection

_BY_DISTRICT = "二"  # the section with a part for every district


def section_of(fact: Fact) -> str:
    """Where a fact belongs: as stated, else where its metric does, a district's under its name."""
    usual = METRIC_BY_ID[fact.metric].section
    if usual.startswith(_BY_DISTRICT) and fact.district in DISTRICT_IDS:
        usual = f"{_BY_DISTRICT}、{place_name(fact.district)}"
    return fact.section or usual


def shown(fact: Fact, selection: Selection) -> bool:
    """Whether the filters show a fact; totals always are."""
    return not {fact.district, fact.department} & selection.hidden


def said_facts(pieces: Iterable[Piece]) -> set[Fact]:
    """The facts behind the figures of a text."""
    return {fact for piece in pieces if isinstance(piece, Figure) for fact in piece.facts}


def rest(
    section: str, said: list[Piece], book: FactBook, lists: Lists, selection: Selection
) -> list[list[Piece]]:
    """Sentences for everything of the section that `said` leaves out; none where nothing is left."""
    text = "".join(piece for piece in said if not isinstance(piece, Mark))
    rosters = [_roster(r, lists) for r in lists.ids() if _left_out(r, section, text, lists)]
    known = said_facts([*said, *(piece for pieces in rosters for piece in pieces)])
    facts = [
        _figure(fact, section)
        for fact in book
        if section_of(fact) == section and fact not in known and shown(fact, selection)
    ]
    items = [item for item in lists.highlights(section) if item[0] not in text]
    found = [["此外，", *_joined(rosters), "。"]] if rosters else []
    found += [["另有：", *_joined(facts), "。"]] if facts else []
    return [*found, [*by_when(items)]] if items else found


def _joined(parts: list[list[Piece]]) -> list[Piece]:
    return [piece for part in parts for piece in (*part, "、")][:-1]


def _left_out(roster: str, section: str, text: str, lists: Lists) -> bool:
    rows = lists.chosen(roster)
    if not rows or (rows[0]["section"] or ROSTER_BY_ID[roster].section) != section:
        return False
    names = [lists.name(row) for row in rows]
    return not all(name in text for name in names)


def _roster(roster: str, lists: Lists) -> list[Piece]:
    return [Term(f"{ROSTER_BY_ID[roster].name}有"), *lists.said(roster)]


def _figure(fact: Fact, section: str) -> list[Piece]:
    own = section.endswith(place_name(fact.district)) or fact.district == "city"
    place = "" if own else place_name(fact.department or fact.district)
    name = metric_name(fact.metric, fact.period)
    return [told(f"{place}{name}"), figure(in_full(fact), [fact])]
