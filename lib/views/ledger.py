"""Everything the sections of a page state, as two tables to read and take away: figures, lists."""

from __future__ import annotations

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.places import place_name
from lib.insight.cells import stated_in_full
from lib.insight.table import table_of
from lib.insight.wording import MISSING
from lib.queries.facts import fact_book
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.section import PAGE_SECTIONS, is_chosen, sections

_FIGURES = ("出处", "指标", "范围", "数值", "时点", "备注")
_LISTS = ("出处", "名单", "序号", "成员", "时点", "备注")


def page_figures(page: str, selection: Selection) -> Exhibit:
    """Every figure of a page's sections for the chosen places, as written."""
    order = list(PAGE_SECTIONS[page])
    facts = [
        fact
        for fact in fact_book(selection.release_id, selection.period)
        if METRIC_BY_ID[fact.metric].section in order
        and is_chosen(fact.district, fact.department, selection)
    ]
    facts.sort(key=lambda fact: order.index(METRIC_BY_ID[fact.metric].section))
    rows = [
        {
            "出处": fact.section or METRIC_BY_ID[fact.metric].section,
            "指标": metric_name(fact.metric, fact.period),
            "范围": place_name(fact.department or fact.district),
            "数值": stated_in_full(fact),
            "时点": fact.as_of_text or str(fact.as_of),
            "备注": fact.note or MISSING,
        }
        for fact in facts
    ]
    reading = f"共{len(rows)}个数字，点数字看来源。" if rows else "所选范围没有数字。"
    return Exhibit(f"figures-{page}", "本页数字", reading, table_of(rows, _FIGURES))


def page_lists(page: str, selection: Selection) -> Exhibit:
    """Every list and highlight of a page's sections, one row a member; filtered as shown."""
    rows = []
    for block in sections(page, selection):
        rows += [
            {
                "出处": block.id,
                "名单": listing.name,
                "序号": str(n),
                "成员": member.name,
                "时点": listing.when,
                "备注": member.note or MISSING,
            }
            for listing in block.listings
            for n, member in enumerate(listing.members, 1)
        ]
    reading = f"共{len(rows)}个成员。" if rows else "所选范围没有名单。"
    return Exhibit(f"lists-{page}", "本页名单", reading, table_of(rows, _LISTS))
