"""预警台账: cases due soon and overdue, by whom, how old, how often; and the cases one by one."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.insight.caseload import counting
from lib.insight.reconcile import reconciled_with_cases
from lib.panels import cases as desk
from lib.queries.cases import case_dates
from lib.queries.release import opened_release
from lib.runtime import pacing
from lib.views.case_ages import case_ages, case_statuses
from lib.views.case_cards import HOW_TO, case_cards, has_cases
from lib.views.case_groups import case_groups, worst_items
from lib.views.case_months import SHOWN, case_months, case_repeats

TOP = 10

selection = widgets.current_selection()
release = opened_release(selection.release_id)
made_up = f"cases/{selection.period}" in release.synthetic_parts
if not has_cases(selection):
    widgets.title("预警台账", f"{period_label(selection.period)}即将到期、超期的办件。")
    widgets.empty(HOW_TO)
    widgets.done()

dates = case_dates(selection.release_id, selection.period)
remark = (
    f"{DEMO_MARK}｜" * made_up
    + f"{period_label(selection.period)}｜{selection.scope}｜版本 {release.label}"
    + (f"｜办件截至 {'至'.join(dict.fromkeys(map(str, dates)))}" if dates else "")
)
status = desk.asked_status()
if status:
    st.html(markup.title("预警台账", remark))
    desk.show(selection, status, made_up)
    widgets.done()

with counting:
    cards = case_cards(selection)
st.html(markup.title("预警台账", remark) + markup.case_cards(cards, made_up))
with pacing.meanwhile(), counting:
    views = (
        case_groups(selection, "department", TOP),
        case_groups(selection, "district"),
        case_groups(selection, "item", TOP),
        worst_items(selection, TOP),
        case_repeats(selection, TOP),
        case_groups(selection, "channel"),
        case_months(selection, SHOWN),
        case_ages(selection, "overdue"),
        case_ages(selection, "left"),
        case_ages(selection, "handling"),
        case_statuses(selection),
    )
    compared = reconciled_with_cases(selection.release_id, selection.period)
    tables = markup.reported(compared) + markup.panels(views, made_up)
st.html(tables)
