"""预警台账: cases due soon and overdue, by whom, how old, how often; and the cases one by one."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.panels import caseload
from lib.panels import cases as desk
from lib.queries.cases import case_dates
from lib.queries.release import opened_release
from lib.runtime import pacing
from lib.views.case_cards import HOW_TO, has_cases

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

st.html(markup.title("预警台账", remark) + caseload.cards(selection, made_up))
with pacing.meanwhile():
    tables = caseload.tables(selection, made_up)
st.html(tables)
