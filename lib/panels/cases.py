"""The list of single cases: which of them the address asks for, and a page of them."""

from __future__ import annotations

import re

import streamlit as st

from lib import markup, widgets
from lib.links import notice, read_values
from lib.selection import Selection
from lib.views.case_list import LISTED, case_items, case_page

_ALL = ""
_NUMBER = re.compile(r"[0-9]{1,9}")
_HELD = "case_list_of"  # what the page number in the address is of


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
    page = case_page(selection, status, item, _number(selection, status, item))
    if page.total:
        widgets.show_figures(markup.case_page(page, status, item, made_up))
    else:
        widgets.empty(f"所选范围没有{LISTED[status]}的办件。请换一个地区、部门或事项。")
    with picker:  # sent last, so that the list can be read first
        widgets.choose_in_address("事项", "item", options)


def _number(selection: Selection, status: str, item: str | None) -> int:
    """The page the address asks for; it no longer holds once it stayed there while the list became another."""
    text, of = st.query_params.get("p", ""), (selection, status, item)
    held, before = st.session_state.get(_HELD, (of, text))
    if held != of and before == text and text:
        del st.query_params["p"]
        text = ""
    st.session_state[_HELD] = (of, text)
    return int(text) if _NUMBER.fullmatch(text) else 1
