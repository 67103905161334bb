"""Every section has its page; nothing the bulletin states is left without a view."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.outline import SECTIONS
from lib.catalog.rosters import ROSTERS
from lib.insight.cells import Figure, Place
from lib.insight.overview import overview
from lib.navigation import PAGES
from lib.queries.facts import Fact, fact_book
from lib.queries.rosters import roster_members
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.ledger import page_figures, page_lists
from lib.views.register import VIEWS
from lib.views.section import PAGE_SECTIONS, Section, sections

# The profiles of districts show the districts' own paragraphs of part 二.
OWN = [section for section in SECTIONS if not section.startswith("二、")]


def blocks(selection: Selection) -> dict[str, Section]:
    return {block.id: block for page in PAGE_SECTIONS for block in sections(page, selection)}


def facts_of(cells) -> set[Fact]:
    return {fact for cell in cells if isinstance(cell, Figure) for fact in cell.facts}


def test_every_section_is_shown_by_exactly_one_page() -> None:
    shown = [section for ids in PAGE_SECTIONS.values() for section in ids]
    assert sorted(shown) == sorted(OWN)
    assert len(shown) == len(set(shown))
    assert set(PAGE_SECTIONS) <= {e.file for entries in PAGES.values() for e in entries}


def test_every_view_is_on_a_page_that_exists() -> None:
    files = {entry.file for entries in PAGES.values() for entry in entries}
    assert {view.page for view in VIEWS} <= files


def test_every_fact_of_these_sections_is_in_some_view_or_block(whole_city: Selection) -> None:
    cells = [c for view in VIEWS for row in view.make(whole_city).table.rows for c in row]
    held = facts_of(cells)
    for block in blocks(whole_city).values():
        held |= facts_of([*(t.value for t in block.tiles), *(x.count for x in block.listings)])
    for card in overview(whole_city).cards:  # 网办预警 shows the city's totals as cards
        if card.metric in ("warning_count", "overdue_count"):
            held |= set(card.facts)
    stated = {fact for fact in fact_book("R0001", "2022H1") if fact.section in OWN}
    assert len(stated) > 100
    assert stated - held == set()


def test_every_list_of_these_sections_is_shown_with_all_its_members(whole_city: Selection) -> None:
    own = {roster.id: roster for roster in ROSTERS if roster.section in OWN}
    stated: dict[str, list[str]] = {}
    for row in roster_members("R0001", "2022H1").to_pylist():
        if row["roster"] in own:
            stated.setdefault(own[row["roster"]].name, []).append(row["member"])
    shown = {
        listing.name: [m.name.id if isinstance(m.name, Place) else m.name for m in listing.members]
        for block in blocks(whole_city).values()
        for listing in block.listings
    }
    stated["公共服务事项认领地区"][0] = "市本级"  # has no profile to lead to
    assert shown == stated


def test_every_highlight_of_these_sections_is_told_once_on_its_page(whole_city: Selection) -> None:
    told = [event.text for block in blocks(whole_city).values() for event in block.events]
    on_timeline = [
        row[1] for v in VIEWS if v.id == "timeline" for row in v.make(whole_city).table.rows
    ]
    rows = highlights("R0001", "2022H1").to_pylist()
    own = [row["item"] for row in rows if row["section"] in OWN]
    assert set(told) | set(on_timeline) == set(own)
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("存在未认领权力事项的部门", "共22个"),
        ("苏企通事项拆解部门", "原文称14个，列名3个"),
        ("联动的行政层级", "共三级"),
        ("未开展监管数据上报的部门", "列名2个"),
        ("省级试点任务", "列名6个，未列全"),
    ],
)
def test_a_list_compares_what_is_stated_with_what_is_listed(
    name: str, count: str, whole_city: Selection
) -> None:
    found = [x for b in blocks(whole_city).values() for x in b.listings if x.name == name]
    assert [listing.count for listing in found] == [count]


def test_lists_show_only_the_chosen_and_say_how_many(whole_city: Selection) -> None:
    chosen = replace(
        whole_city, chosen_departments=("education", "police"), chosen_districts=("xinbei",)
    )
    found = {x.name: x for b in blocks(chosen).values() for x in b.listings}
    unclaimed = found["存在未认领权力事项的部门"]
    assert unclaimed.count == "共22个，所选1个"
    assert isinstance(unclaimed.count, Figure)
    assert [member.name for member in unclaimed.members] == ["市教育局"]
    assert found["权力事项认领率低的地区"].count == "列名4个，所选1个"
    assert found["未开展监管数据上报的部门"].count == "列名2个，所选部门不在其中"
    assert found["未开展监管数据上报的部门"].members == ()
    assert len(found["移动端门户版块"].members) == 6


def test_a_member_keeps_its_own_remark_and_the_list_the_shared_one(whole_city: Selection) -> None:
    found = {x.name: x for b in blocks(whole_city).values() for x in b.listings}
    faceless = found["不见面办理率低于全市平均的部门"]
    assert {m.name: m.note for m in faceless.members if m.note} == {
        "市公安局": "法律规定部分事项必须见面办理"
    }
    assert found["苏企通事项拆解部门"].note == "原文仅举三例，其余未列名"
    assert found["自助端高频证明材料"].members[0].note == "资规部门"


def test_what_filters_leave_out_is_said(whole_city: Selection) -> None:
    chosen = blocks(replace(whole_city, chosen_districts=("liyang",)))
    assert chosen["三（一）7"].events == ()
    assert chosen["三（一）7"].note == "另有1项属于未选的地区或部门，没有显示。"
    assert blocks(whole_city)["三（一）7"].note == ""


def test_figures_outside_the_charts_are_tiles(whole_city: Selection) -> None:
    tiles = blocks(whole_city)["三（二）"].tiles
    assert [(t.name, t.scope, t.value, t.when) for t in tiles] == [
        ("行政权力事项入库完整率", "市本级", "100%", "6月底"),
        ("公共服务事项入库完整率", "市本级", "100%", "6月底"),
        ("办事指南完整度", "市本级", "100%", "6月底"),
        ("入库完整率和指南完整度省内排名", "市本级", "第一", "6月底"),
    ]


@pytest.mark.parametrize("page", PAGE_SECTIONS)
def test_all_of_a_page_can_be_taken_away_as_tables(page: str, whole_city: Selection) -> None:
    figures, lists = page_figures(page, whole_city), page_lists(page, whole_city)
    own = {
        fact
        for fact in fact_book("R0001", "2022H1")
        if METRIC_BY_ID[fact.metric].section in PAGE_SECTIONS[page]
    }
    assert facts_of([cell for row in figures.table.rows for cell in row]) == own
    members = [m for b in sections(page, whole_city) for x in b.listings for m in x.members]
    assert len(lists.table.rows) == len(members)


@pytest.mark.parametrize("page", PAGE_SECTIONS)
def test_a_period_without_anything_has_no_sections(page: str) -> None:
    assert sections(page, Selection("R0001", "2019H1")) == ()
