"""What the sections of a page hold beyond its charts, under them."""

from __future__ import annotations

import streamlit as st

from lib import markup, widgets
from lib.runtime import pacing
from lib.views.ledger import page_figures, page_lists
from lib.views.section import sections


def show(page: str) -> None:
    """What the sections of a page hold beyond its charts, and all of it as tables to download."""
    selection = widgets.current_selection()
    blocks = sections(page, selection)
    pacing.after_charts()
    if blocks:
        st.html(markup.sections(blocks))
    ledger = st.expander(
        "本页全部数字和名单（表格、下载）", icon=":material/table_view:",
        key=f"ledger-{page}", on_change="rerun",
    )  # fmt: skip
    if ledger.open:
        with ledger:
            for view in (page_figures(page, selection), page_lists(page, selection)):
                widgets.exhibit(view)
