"""The shared look: one card, one table, one chart frame, one empty state. Knows Streamlit, no data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn, cast

import streamlit as st

from lib import markup, visitor
from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.charts import KINDS, spec, with_rows
from lib.charts.drawing import Spec
from lib.documents.register import EXPORTS
from lib.insight.cards import Card
from lib.insight.cells import stated_in_full
from lib.insight.status import Light
from lib.insight.table import Table
from lib.insight.table import table as table_from
from lib.insight.wording import MISSING
from lib.links import PAGE
from lib.markup import plain
from lib.queries.facts import Fact
from lib.runtime import pacing
from lib.selection import Selection
from lib.views.exhibit import Exhibit


def current_selection() -> Selection:
    """What the filters of the frame say; set by the shell before every page."""
    return cast(Selection, st.session_state.selection)


class PageDone(Exception):  # noqa: N818 - not an error: the page has said all it has to say
    """Raised by `done`, caught by the shell."""


def done() -> NoReturn:
    """End the page here. Not `st.stop()`, after which the shell could not draw the filters."""
    raise PageDone


def is_dark() -> bool:
    """Whether the viewer's ground is dark."""
    return st.context.theme.type == "dark"


def badge(light: Light) -> str:
    """A light inside Markdown: colour, shape and word."""
    return f":{light.tone}-badge[{light}]"


def title(text: str, remark: str, alone: bool = False) -> None:
    """A page's title and the line under it; `alone`: no figure follows that would be read first."""
    html = markup.title(text, remark)
    st.html(html)
    if alone:
        pacing.figures_sent(html)


def takeaway(*documents: str) -> str:
    """Links to documents for the filters in view, as HTML: those named, or the usual ones."""
    wanted = (e for e in EXPORTS if (e.id in documents if documents else e.usual))
    listed = ((e.id, e.label, e.suffix) for e in wanted)
    return markup.takeaway(listed)


def show_figures(html: str) -> None:
    """Figures as HTML."""
    st.html(html)
    pacing.figures_sent(html)


def cards(items: Sequence[Card]) -> None:
    """Headline cards."""
    show_figures(markup.cards(items))


def table(content: Table) -> None:
    """A short list as a light static table; its figures and places lead on."""
    show_figures(markup.table(content))


def facts_table(facts: Sequence[Fact]) -> None:
    """The stated figures behind something, each with where it was said and uploaded."""
    rows = (
        (
            metric_name(f.metric, f.period), place_name(f.department or f.district), stated_in_full(f),
            f.as_of_text or str(f.as_of), f.section or MISSING, f"{f.source_file} 第{f.source_row}行",
        )
        for f in facts
    )  # fmt: skip
    table(table_from(("指标", "范围", "数值", "时点", "出处", "来源"), rows))


def empty(sentence: str) -> None:
    """The one empty state: what is not there, and what to do about it."""
    st.info(plain(sentence), icon=":material/inbox:")


def _spec(view: Exhibit, bars: int | None) -> Spec:
    return with_rows(spec(view.chart, is_dark(), view.options, bars), view.marks)


def _spoken(view: Exhibit) -> str:
    """What a screen reader says of a chart.

    Not its figures, which the sentence above and the table beside it say: it is part of the spec,
    and a browser draws a chart anew when that changes.
    """
    return f"{view.title}，{KINDS[view.chart].name}。图中数字见旁边的文字和表格。"


def chart(view: Exhibit, bars: int | None = None, key: str = "", *, stays: bool = False) -> None:
    """A view's chart that is only looked at; `bars` fixes its height in pixels.

    stays: another view at the same spot of the page takes over what was drawn
    """
    named = None if stays else key or f"chart-{view.id}"
    st.vega_lite_chart(spec=_spec(view, bars), key=named, alt=_spoken(view))
    pacing.chart_sent()


def exhibit(
    view: Exhibit, *, widths: tuple[int, ...] = (3, 2), bars: int | None = None, most: int = 0
) -> None:
    """A view in full: heading, sentence, chart and table of the same figures, downloads.

    Chart and table stand side by side in `widths`, or one above the other where there are none;
    `most` draws only so many groups of bars, which the remark says; the table has all.
    """
    cut = f"图示前{most}个，共{view.groups}个" if 0 < most < view.groups else ""
    head = markup.heading(view.title, "；".join(filter(None, (view.remark, cut))))
    if view.empty:
        st.html(head)
        empty(view.reading)
        return
    figures = markup.table(view.table) + markup.downloads(view.id)
    head += markup.reading(view.reading)
    if view.marks is None or not view.marks.num_rows:
        show_figures(head + figures)
        return
    st.html(head)
    drawn, beside = st.columns(widths, gap="medium") if widths else (st.container(), st.container())
    with beside:  # sent first: the table can be read while the chart is being drawn
        show_figures(figures)
    with drawn:
        _clickable(view.head(most) if cut else view, bars)


@visitor.fragment
def _clickable(view: Exhibit, bars: int | None) -> None:
    """A chart whose bars lead on when clicked: to the rows behind, the filter, the profile."""
    event = st.vega_lite_chart(
        spec=_spec(view, bars), key=f"chart-{view.id}", on_select="rerun", selection_mode=["pick"],
        alt=_spoken(view),
    )  # fmt: skip
    pacing.chart_sent()
    picked = {item.get(view.key) for item in event["selection"].get("pick", [])} - {None}
    if picked:
        _drill(view, sorted(picked))


def _drill(view: Exhibit, names: Sequence[str]) -> None:
    """What stands behind the marks clicked on."""
    selection = current_selection()
    ids = {place_name(place): place for place in (*selection.districts, *selection.departments)}
    places = [ids[name] for name in names if name in ids]
    st.html(markup.onward(names, places, view.dimension, selection))
    if view.sources is not None:
        table(view.sources.where(view.key, names))


def choice_in_address(key: str, options: Mapping[str, str], first: str) -> str:
    """The choice (an id of `options`) the address or `choose_in_address` made; `first` until then.

    The address leads but for the run after the box was used, which writes it; with an empty id, which
    is no choice, it is taken out.
    """
    asked, box, shown = st.query_params.get(key), f"{key}_box", f"{key}_shown"
    chosen = first if asked is None or asked not in options else asked
    held = st.session_state.get(box)  # none where another page, without the box, was in view
    if held is not None and held in options and held != st.session_state.get(shown):
        chosen = held
        others = {k: st.query_params.get_all(k) for k in st.query_params if k not in (key, PAGE)}
        st.query_params.from_dict(others | ({key: [chosen]} if chosen else {}))
    st.session_state[box] = st.session_state[shown] = chosen
    return chosen


def choose_in_address(label: str, key: str, options: Mapping[str, str]) -> None:
    """The select box (id > name) of `choice_in_address`; drawn after the figures it decides on."""
    st.selectbox(label, list(options), format_func=options.__getitem__, key=f"{key}_box")


def without_effect(sentence: str, *chosen: tuple[str, ...]) -> None:
    """One line where a filter that is set does little or nothing on a page.

    Its spot is there without it, too: else all below would move, and be drawn anew, when a filter is set.
    """
    spot = st.empty()
    if any(chosen):
        spot.info(plain(sentence), icon=":material/info:")
