"""A view by its id, as addresses name it: those of the register, and those made for a place or a page."""

from __future__ import annotations

from collections.abc import Callable

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.selection import Selection
from lib.views.case_ages import AGES, case_ages, case_statuses
from lib.views.case_groups import case_groups, worst_items
from lib.views.case_list import LISTED, listed_cases
from lib.views.case_months import case_repeats
from lib.views.compared import departments_compared, districts_compared
from lib.views.exhibit import Exhibit
from lib.views.ledger import page_figures, page_lists
from lib.views.profile import profile
from lib.views.register import VIEW_BY_ID
from lib.views.section import PAGE_SECTIONS
from lib.views.trends import trend

_ALONE: dict[str, Callable[[Selection], Exhibit]] = {
    "districts-compared": districts_compared,
    "departments-compared": departments_compared,
    "case-statuses": case_statuses,
    "case-channel": lambda selection: case_groups(selection, "channel"),
    "case-item": lambda selection: case_groups(selection, "item"),
    "case-worst": worst_items,
    "case-repeats": case_repeats,
}
# What an id begins with > what may follow, and what makes the view.
_MADE_FOR: dict[str, tuple[frozenset[str], Callable[[Selection, str], Exhibit]]] = {
    "standing": (
        frozenset(DISTRICT_IDS + DEPARTMENT_IDS),
        lambda selection, place: profile(selection, place).standings,
    ),
    "trend": (frozenset(METRIC_BY_ID), lambda selection, metric: trend(selection, metric).exhibit),
    "case": (frozenset(AGES), case_ages),
    "figures": (
        frozenset(PAGE_SECTIONS), lambda selection, page: page_figures(page, selection),
    ),
    "lists": (frozenset(PAGE_SECTIONS), lambda selection, page: page_lists(page, selection)),
}  # fmt: skip


def view_named(id: str, selection: Selection, item: str | None = None) -> Exhibit | None:
    """The view with that id for a selection; None where there is none. Lists of cases may be of an item."""
    if id in VIEW_BY_ID:
        return VIEW_BY_ID[id].make(selection)
    if id in _ALONE:
        return _ALONE[id](selection)
    kind, _, of = id.partition("-")
    if kind == "cases" and of in LISTED:
        return listed_cases(selection, of, item)
    known, make = _MADE_FOR.get(kind, (frozenset(), None))
    return make(selection, of) if make and of in known else None
