"""The whole bulletin of the shipped period: everything in it is from the data, and all data is in it."""

from __future__ import annotations

import re

import pytest

from lib.bulletin.compose import bulletin, untold
from lib.bulletin.lists import Lists
from lib.bulletin.parts import Bulletin
from lib.bulletin.rest import section_of
from lib.insight.cells import Figure
from lib.insight.wording import in_full
from lib.queries.facts import fact_book
from lib.queries.rosters import roster_book
from lib.queries.snapshots import highlights
from lib.selection import Selection

LONGEST_RUN = 15
HALF_WIDTH = re.compile(r"[,;:?!()]|(?<!\d)\.|\.(?!\d)")


@pytest.fixture
def made(whole_city: Selection) -> Bulletin:
    return bulletin(whole_city)


def text_of(made: Bulletin, section: str) -> str:
    return "".join(block.text for block in made.blocks if block.section == section)


def figures(made: Bulletin, section: str) -> list[Figure]:
    return [
        span
        for block in made.blocks
        if block.section == section
        for span in block.spans
        if isinstance(span, Figure)
    ]


def test_every_fact_is_stated_as_written_in_its_own_section(made: Bulletin) -> None:
    book = fact_book("R0001", "2022H1")
    missing = [
        (fact.metric, fact.district, fact.department)
        for fact in book
        if not any(
            fact in shown.facts and in_full(fact) == shown
            for shown in figures(made, section_of(fact))
        )
    ]
    assert missing == []
    assert untold(made, appendices=False) == ()
    assert len(book) == 199


def test_every_member_of_every_list_is_named_in_its_section(made: Bulletin) -> None:
    lists, book = Lists(made.selection), roster_book("R0001", "2022H1")
    missing = [
        (roster, lists.name(row))
        for roster in book
        for row in lists.rows(roster)
        if lists.name(row) not in text_of(made, row["section"])
    ]
    assert missing == []
    assert sum(len(book.of(roster)) for roster in book) == 337


def test_every_highlight_is_told_in_its_section(made: Bulletin) -> None:
    rows = highlights("R0001", "2022H1").to_pylist()
    assert [r["item"] for r in rows if r["item"] not in text_of(made, r["section"])] == []
    assert len(rows) == 72
