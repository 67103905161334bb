"""The early-warning page: headline figures, tables with bars, the list of single cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from lib.insight.findings import LIGHTS, Finding
from lib.insight.wording import grouped
from lib.links import PAGE, carried
from lib.markup.tags import badge, link, sources_address, tag, way_address
from lib.markup.texts import downloads, heading, reading, table
from lib.views.case_cards import CaseCard
from lib.views.case_list import LISTED, CasePage
from lib.views.exhibit import Exhibit

_NARROW = 4  # columns that half the width is enough for
_LONG = 9  # characters that a card has room for in large type
_MADE_UP = "tb-made-up"  # drawn over with 演示数据


def case_cards(items: Sequence[CaseCard], made_up: bool) -> str:
    """Headline figures, laid out as those of other pages; a count leads to its cases."""
    cards = tag("div", "".join(_card(item) for item in items), f"tb-cards tb-of-{len(items)}")
    return tag("div", cards, f"tb-frame {_MADE_UP}" if made_up else "tb-frame")


def _card(item: CaseCard) -> str:
    figure = "tb-figure tb-long" if len(item.value) > _LONG else "tb-figure"
    value = link(item.value, way_address(item.way)) if item.way else escape(item.value)
    return tag(
        "section",
        tag("h3", escape(item.title))
        + tag("p", f"<strong>{value}</strong> {escape(item.unit)}", figure)
        + tag("p", "<br>".join(escape(line) for line in item.lines), "tb-lines")
        + tag("details", f"<summary>口径</summary>{escape(item.definition)}"),
        f"tb-card tb-card-{item.id}",
    )


def reported(findings: Iterable[Finding]) -> str:
    """How what departments reported compares with the cases, of the whole city whatever is chosen; and the way on."""
    said = "　".join(
        f"{escape(f.name)} {badge(LIGHTS[f.status])} 全市报送"
        + (
            link(f.stated, sources_address(f.facts[:1]), "tb-source")
            if f.facts
            else escape(f.stated)
        )
        + f"，全市明细{escape(f.computed)}"
        for f in findings
    )
    return (
        tag("p", f"{said}　{link('看核验', carried('verify'), 'tb-more')}", "tb-onward")
        if said
        else ""
    )


def panels(views: Iterable[Exhibit], made_up: bool) -> str:
    """Views as tables with bars, abreast where there is room; each with its sentence and its files."""
    made = "".join(_panel(view, made_up) for view in views)
    return tag("div", tag("div", made, "tb-panels"), "tb-frame")


def _panel(view: Exhibit, made_up: bool) -> str:
    shown = "" if view.empty else table(view.table) + downloads(view.id)
    css = "tb-panel tb-wide" if len(view.table.columns) > _NARROW else "tb-panel"
    return tag(
        "section",
        heading(view.title, view.remark) + reading(view.reading) + shown,
        f"{css} {_MADE_UP}" if made_up else css,
    )


def case_tabs(status: str, totals: dict[str, int]) -> str:
    """The lists there are, the one in view marked, and the way back to all figures."""
    tabs = "".join(
        tag("strong", escape(text)) if id == status else link(text, carried("caseload", status=id))
        for id, text in ((id, f"{label} {grouped(totals[id])}") for id, label in LISTED.items())
    )
    back = link("返回台账", carried("caseload"))
    return f'<nav class="tb-tabs" aria-label="办件清单">{tabs}{back}</nav>'


def case_page(
    page: CasePage, status: str, item: str | None, made_up: bool
) -> str:  # fmt: skip
    """A page of single cases between its ways on, and the files with all of them."""
    own = {"status": status, "item": item or ""}
    ways = [
        link(text, carried("caseload", **own, **{PAGE: str(number)})) if is_open else tag("span", text)
        for text, number, is_open in (
            ("首页", 1, page.number > 1),
            ("上一页", page.number - 1, page.number > 1),
            ("下一页", page.number + 1, page.number < page.last),
            ("末页", page.last, page.number < page.last),
        )
    ]  # fmt: skip
    where = tag(
        "span", f"共{grouped(page.total)}件，第{grouped(page.number)}页，共{grouped(page.last)}页"
    )
    pager = f'<nav class="tb-pager" aria-label="翻页">{where}{"".join(ways)}</nav>'
    return tag(
        "div",
        pager + table(page.table) + downloads(f"cases-{status}", item or ""),
        _MADE_UP if made_up else "",
    )
