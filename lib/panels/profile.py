"""A place's profile on one page that prints well."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import markup, widgets
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.views.profile import Profile


def show(shown: Profile, places: Sequence[str]) -> None:
    """A district or department on one page that prints well."""
    selection = widgets.current_selection()
    period = period_label(selection.period)
    st.html(
        widgets.takeaway()
        + markup.title(f"{place_name(shown.place)}｜{period}", shown.summary)
        + markup.siblings(places, shown.place, selection)
    )
    widgets.exhibit(shown.standings)
    if shown.peers:
        st.html(
            markup.heading(
                "与同级比较",
                "蓝色或▶是本{}，虚框是界限".format("地区" if shown.kind == "district" else "部门"),
            )
        )
        columns = st.columns(min(len(shown.peers), 3), gap="medium")
        for n, view in enumerate(shown.peers):
            with columns[n % len(columns)]:
                st.html(markup.heading("", view.title) + markup.reading(view.reading))
                widgets.chart(view)
    if shown.history.rows:
        st.html(
            markup.heading("各期数据", "只列原文有的数") + markup.table(shown.history, selection)
        )
    if shown.appearances.rows:
        st.html(markup.heading("上榜名单"))
        widgets.table(shown.appearances)
    block = shown.section
    if block.tiles or block.listings or block.events:
        st.html(markup.sections((block,), selection))
    st.caption(
        f"版本 {selection.release_id}。“—”为没有报送，不等于零。可用浏览器打印本页（Ctrl+P）。"
    )
