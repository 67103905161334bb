"""A place's profile on one page that prints well."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import markup, widgets
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.runtime import pacing
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.profile import Profile


def parts() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Three parts of a page, the charts in the second.

    Before a place is chosen and afterwards they stand at the same spot: a browser only gives them
    other rows.
    """
    return st.container(), st.container(), st.container()


def side_by_side(views: Sequence[Exhibit]) -> None:
    """Small charts, three in a row."""
    columns = st.columns(3, gap="medium")
    for n, view in enumerate(views):
        with columns[n % 3]:
            st.html(markup.heading("", view.title) + markup.reading(view.reading))
            widgets.chart(view, stays=True)


def show(shown: Profile, places: Sequence[str]) -> None:
    """A district or department on one page that prints well."""
    selection = widgets.current_selection()
    period = period_label(selection.period)
    top, middle, rest = parts()
    with top:
        st.html(
            widgets.takeaway()
            + markup.title(f"{place_name(shown.place)}｜{period}", shown.summary)
            + markup.siblings(places, shown.place, selection)
        )
        widgets.exhibit(shown.standings)
        if shown.peers:
            own = "蓝色或▶是本{}，虚框是界限".format("地区" if shown.kind == "district" else "部门")
            st.html(markup.heading("与同级比较", own))
    with middle:
        side_by_side(shown.peers)
    pacing.after_charts()
    with rest:
        _lists(shown, selection)


def _lists(shown: Profile, selection: Selection) -> None:
    """Other periods, the lists that name the place, its part of the bulletin."""
    if shown.history.rows:
        st.html(markup.heading("各期数据", "只列原文有的数") + markup.table(shown.history))
    if shown.appearances.rows:
        st.html(markup.heading("上榜名单"))
        widgets.table(shown.appearances)
    block = shown.section
    if block.tiles or block.listings or block.events:
        st.html(markup.sections((block,)))
    remark = f"版本 {selection.release_id}。“—”为没有报送，不等于零。可用浏览器打印本页（Ctrl+P）。"
    st.html(markup.note(remark))
