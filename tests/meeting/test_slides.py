"""Slides show what the pages show."""

from __future__ import annotations

from itertools import chain
from xml.etree import ElementTree

import pytest

from lib.insight.overview import overview
from lib.meeting.page import Page
from lib.meeting.rehearsal import plan
from lib.meeting.slides import GONE, _drawn, offers, pages
from lib.selection import Selection
from lib.views.register import VIEW_BY_ID, VIEWS

EMPTY = Selection("R0001", "2022H1", (), ("justice",))


def rows(slide: str, at: Selection) -> list[tuple[str, ...]]:
    """The rows of a slide's tables, over all its screens."""
    return list(chain.from_iterable(page.table.rows for page in pages(slide, at) if page.table))


def test_every_offer_has_a_screen_and_a_name_of_its_own(whole_city: Selection) -> None:
    made = offers(whole_city)
    assert len({offer.id for offer in made}) == len({offer.title for offer in made}) == len(made)
    layouts = {offer.id: {page.layout for page in pages(offer.id, whole_city)} for offer in made}
    assert layouts["cover"] == {"cover"}
    assert layouts["points"] == {"points"}
    assert layouts["card:overdue_count"] == {"card"}
    assert layouts["view:warnings"] == {"chart"}
    assert layouts["table:warnings"] == layouts["findings"] == {"table"}


def test_the_usual_order_starts_with_the_cover_and_ends_with_what_does_not_add_up(
    whole_city: Selection,
) -> None:
    chosen = [line["slide"] for line in plan(whole_city) if line["展示"]]
    views = [f"view:{view.id}" for view in VIEWS if view.usual]
    assert len(views) == 9
    assert chosen == [
        "cover", "cards", "points", *views, "ranks:district", "ranks:department", "findings",
    ]  # fmt: skip


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
@pytest.mark.parametrize("districts", [(), ("xinbei", "liyang")], ids=["city", "two"])
def test_a_table_slide_holds_every_row_and_column_of_its_view(view, districts) -> None:
    at = Selection("R0001", "2022H1", districts)
    shown = view.make(at).table
    assert rows(f"table:{view.id}", at) == list(shown.rows)
    assert {page.table.columns for page in pages(f"table:{view.id}", at)} == {shown.columns}
    assert all(f"共{len(page.table.rows)}行" in page.reading or page.parts > 1 for page in pages(f"table:{view.id}", at))  # fmt: skip


def test_long_tables_go_on_and_say_so(whole_city: Selection) -> None:
    headings = [page.heading for page in pages("table:warnings", whole_city)]
    assert headings == ["网办预警与超期（1/2）", "网办预警与超期（续 2/2）"]
    assert all("共18行" in page.reading for page in pages("table:warnings", whole_city))


def test_cards_sentences_ends_and_sums_are_those_of_the_overview(whole_city: Selection) -> None:
    view = overview(whole_city)
    assert tuple(chain.from_iterable(p.cards for p in pages("cards", whole_city))) == view.cards
    for card in view.cards:
        (page,) = pages(f"card:{card.metric}", whole_city)
        assert page.cards == (card,)
    points = list(chain.from_iterable(page.lines for page in pages("points", whole_city)))
    assert points == [sentence.text for sentence in view.sentences]
    assert [page.first for page in pages("points", whole_city)] == [1, 5]
    ends = [*rows("ranks:district", whole_city), *rows("ranks:department", whole_city)]
    ranks = (*view.district_ranks, *view.department_ranks)
    assert ends == [(r.name, r.best_text, r.worst_text) for r in ranks]
    sums = [(f.name, f.status, f.stated, f.computed, f.arithmetic) for f in view.unresolved]
    assert rows("findings", whole_city) == sums


def test_a_chart_draws_the_figures_of_its_view(whole_city: Selection) -> None:
    (page,) = pages("view:centers", whole_city)
    drawn = ElementTree.fromstring(page.chart())
    words = [element.text for element in drawn.iter() if element.text and element.text.strip()]
    table = next(view for view in VIEWS if view.id == "centers").make(whole_city).table
    for place, *figures in table.rows:
        assert place in words
        assert all(figure in words for figure in figures[1:4] if len(figure) == 2)


def texts(page: Page) -> list[str]:
    """What stands in a slide's chart."""
    drawn = ElementTree.fromstring(page.chart())
    return [element.text for element in drawn.iter() if element.text]


def test_a_chart_with_too_many_bars_goes_on_and_leaves_none_out(whole_city: Selection) -> None:
    first, second = pages("view:warnings", whole_city)
    assert [page.heading for page in (first, second)] == [
        "网办预警与超期（1/2）", "网办预警与超期（续 2/2）",
    ]  # fmt: skip
    assert first.remark.endswith("图示第1至9个，共18个")
    assert second.remark.endswith("图示第10至18个，共18个")
    names = [row[0] for row in VIEW_BY_ID["warnings"].make(whole_city).table.rows]
    assert set(names[:9]) <= set(texts(first))
    assert set(names[9:]) <= set(texts(second))
    assert not set(names[9:]) & set(texts(first))
    assert "35" in texts(second), "the axis is the first screen's, or bars could not be compared"


def test_a_progress_slide_names_the_ticks_it_has(whole_city: Selection) -> None:
    (staff,), (apps,) = (pages(f"view:{name}", whole_city) for name in ("staff", "mobile_standard"))
    assert staff.reading.endswith("粗竖线是目标（不少于），细竖线是序时进度应达的数。")
    assert "序时进度应达" in staff.chart()
    assert apps.reading.endswith("粗竖线是标准应用总数。")
    assert "序时" not in apps.chart()


@pytest.mark.parametrize("slide", ["view:warnings", "table:warnings"])
def test_what_was_not_reported_is_a_sentence_not_an_empty_screen(slide: str) -> None:
    (page,) = pages(slide, EMPTY)
    assert page.layout == "message"
    assert "没有报送不等于零" in page.lines[0]


def test_what_was_not_reported_starts_unchosen() -> None:
    empty = {offer.id for offer in offers(EMPTY) if offer.empty}
    assert {"view:warnings", "table:warnings"} <= empty
    lines = {line["slide"]: line for line in plan(EMPTY)}
    assert lines["view:warnings"]["内容"] == "图：网办预警与超期（本期没有）"
    assert lines["view:warnings"]["展示"] is False


@pytest.mark.parametrize("slide", ["view:none", "table:none", "card:none", "ranks:x", "what"])
def test_a_slide_that_is_gone_says_so(whole_city: Selection, slide: str) -> None:
    (page,) = pages(slide, whole_city)
    assert (page.layout, page.title, page.lines) == ("message", slide, (GONE,))


def test_charts_are_drawn_once_a_release(whole_city: Selection) -> None:
    charts = [page.chart for v in VIEWS for page in pages(f"view:{v.id}", whole_city) if page.chart]
    first = [chart() for chart in charts]
    drawn = _drawn.cache_info().misses
    assert [chart() for chart in charts] == first
    assert _drawn.cache_info().misses == drawn
