"""The figures of 预警台账 as HTML: counted for one at a time, and kept by what is chosen."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from lib import markup
from lib.insight.reconcile import reconciled_with_cases
from lib.selection import Selection
from lib.views.case_ages import case_ages, case_statuses
from lib.views.case_cards import case_cards
from lib.views.case_groups import case_groups, worst_items
from lib.views.case_months import SHOWN, case_months, case_repeats

_TOP = 10
_counting = Lock()  # of many at once each would hold a copy of the rows, and all would be slower


def cards(selection: Selection, made_up: bool) -> str:
    """The headline cards."""
    with _counting:
        return markup.case_cards(case_cards(selection), made_up)


def tables(selection: Selection, made_up: bool) -> str:
    """What departments report beside what the cases say, and all tables."""
    with _counting:
        return _tables(selection, made_up)


@lru_cache(maxsize=128)  # as text, which takes a tenth of what the tables take
def _tables(selection: Selection, made_up: bool) -> str:
    # What one summed table gives is taken together: the chosen rows of one are held at a time.
    departments, districts = (
        case_groups(selection, "department", _TOP),
        case_groups(selection, "district"),
    )
    overdue, left, handling = (
        case_ages(selection, kind) for kind in ("overdue", "left", "handling")
    )
    statuses = case_statuses(selection)
    items, worst = case_groups(selection, "item", _TOP), worst_items(selection, _TOP)
    repeats, months = case_repeats(selection, _TOP), case_months(selection, SHOWN)
    channels = case_groups(selection, "channel")
    shown = (
        departments,
        districts,
        items,
        worst,
        repeats,
        channels,
        months,
        overdue,
        left,
        handling,
        statuses,
    )
    compared = reconciled_with_cases(selection.release_id, selection.period)
    return markup.reported(compared) + markup.panels(shown, made_up)
