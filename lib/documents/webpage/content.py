"""What the page holds, as data: chapters of the app's pages, each with its views, figures, lists and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.charts.svg import svg
from lib.documents.behind import facts_of
from lib.insight.cells import stated_in_full
from lib.insight.table import Table, table
from lib.insight.wording import MISSING
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.register import VIEW_BY_ID, VIEWS
from lib.views.section import Section, is_chosen, place_section, sections

# The pages of the app the chapters follow > their titles.
CHAPTERS = {
    "centers": "服务阵地", "staff": "畅通办专员", "online": "一网通办", "indicators": "主要指标",
    "warnings": "网办预警", "supervision": "互联网+监管", "benefits": "苏企通与重点工作",
}  # fmt: skip
_CHART_WIDTH = 760


@dataclass(frozen=True)
class Shown:
    """A view and its chart as an `<svg>` element, empty where a table says it better."""

    view: Exhibit
    drawing: str


@dataclass(frozen=True)
class Chapter:
    """A part of the page that the contents lead to."""

    id: str
    title: str
    shown: tuple[Shown, ...]
    sections: tuple[Section, ...]


def chapters(selection: Selection) -> list[Chapter]:
    """Every chapter that holds something, then the districts'."""
    made = [
        Chapter(
            page, title,
            tuple(_shown(item.id, selection) for item in VIEWS if item.page == page),
            _sections(page, selection),
        )
        for page, title in CHAPTERS.items()
    ]  # fmt: skip
    own = Chapter("districts", "各辖市（区）", (), tuple(_districts(selection)))
    return [chapter for chapter in (*made, own) if chapter.shown or chapter.sections]


def _sections(page: str, selection: Selection) -> tuple[Section, ...]:
    """A page's sections; 畅通办专员 has none of its own."""
    return () if page == "staff" else sections(page, selection)


def _districts(selection: Selection) -> Iterator[Section]:
    """What each chosen district states beside the figures its views draw."""
    views = [item.make(selection) for item in VIEWS]
    drawn = {fact for view in views for fact in facts_of(view.table)}
    for district in selection.districts:
        section = place_section(selection, district, drawn)
        if section.tiles or section.listings or section.events:
            yield section


@lru_cache(maxsize=128)
def _shown(name: str, selection: Selection) -> Shown:
    """A view with its chart. Drawing takes a tenth of a second, the first one a second."""
    view = VIEW_BY_ID[name].make(selection)
    if view.empty or not view.chart or view.marks is None or not view.marks.num_rows:
        return Shown(view, "")
    drawn = svg(view.chart, view.marks, view.groups, view.options, dark=False, width=_CHART_WIDTH)
    return Shown(view, drawn)


def all_figures(selection: Selection) -> Table:
    """Every stated figure of the chosen places with the row it came from."""
    facts = [
        fact
        for fact in fact_book(selection.release_id, selection.period)
        if is_chosen(fact.district, fact.department, selection)
    ]
    columns = ("指标", "范围", "数值", "时点", "出处", "来源")
    return table(columns, map(_figure_row, facts))


def _figure_row(fact: Fact) -> tuple[str, ...]:
    return (
        metric_name(fact.metric, fact.period), place_name(fact.department or fact.district),
        stated_in_full(fact), fact.as_of_text or fact.as_of.isoformat(), fact.section or MISSING,
        f"{fact.source_file} 第{fact.source_row}行",
    )  # fmt: skip
