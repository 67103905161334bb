"""The list of single cases: which of them the address asks for, and a page of them."""

from __future__ import annotations

import streamlit as st

from lib import markup, widgets
from lib.links import PAGE, notice, read_values
from lib.selection import Selection
from lib.views.case_list import LISTED, case_items, case_page

_ALL = ""
_DIGITS = 12  # of a page's number: more than any list has


def asked_status() -> str:
    """The list the address asks for, an id of LISTED; empty for none. One there is not is named."""
    asked = read_values(st.query_params.get_all("status"), LISTED)
    if asked.unknown:
        st.warning(
            markup.plain(notice("清单", asked.unknown, "已显示台账")), icon=":material/link_off:"
        )
    return asked.known[0] if asked.known else ""


def show(selection: Selection, status: str, made_up: bool) -> None:
    """The list of a status: the others, the items to choose from, and a page of it."""
    totals = {id: sum(case_items(selection, id).values()) for id in LISTED}
    st.html(markup.case_tabs(status, totals))
    picker = st.container()
    items = case_items(selection, status)
    options = {_ALL: f"全部事项（{totals[status]}）"} | {
        item: f"{item}（{cases}）" for item, cases in items.items()
    }
    asked = st.query_params.get("item", _ALL)
    if asked not in options:
        options[asked] = f"{asked}（0）"
    item = widgets.choice_in_address("item", options, _ALL) or None
    page = case_page(selection, status, item, _number())
    if page.total:
        widgets.show_figures(markup.case_page(page, status, item, made_up))
    else:
        widgets.empty(f"所选范围没有{LISTED[status]}的办件。请换一个地区、部门或事项。")
    with picker:  # sent last, so that the list can be read first
        widgets.choose_in_address("事项", "item", options)


def _number() -> int:
    """The page the address asks for; the first where that is no number."""
    text = st.query_params.get(PAGE, "")
    return int(text[:_DIGITS]) if text.isascii() and text.isdigit() else 1
