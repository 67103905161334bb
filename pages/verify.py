"""数据核验: every reconciliation rule, what it found, and what people say about it."""

import streamlit as st

from lib import markup, visitor, widgets
from lib.access.roles import Action
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.insight.findings import STATUSES, concerning, tally
from lib.insight.reconcile import reconcile
from lib.panels import findings as desk
from lib.settings import lake_dir
from lib.store.comments import Comments
from lib.store.lake import Lake

OPEN, ALL = "待核对", "全部"

selection = widgets.current_selection()
lake = Lake(lake_dir())
release = lake.opened(selection.release_id)
found = reconcile(selection.release_id, selection.period)
st.html(
    markup.title(
        "数据核验",
        f"{period_label(selection.period)}原文数字之间、名单与数字之间的勾稽；只提示，不改数。版本 {release.label}",
    )
)
if not found:
    widgets.empty("本期没有可核验的数据。请换一个期次，或到“填报模板”下载模板报送。")
    widgets.done()

findings = concerning(found, selection)
if not findings:
    widgets.empty("没有与所选地区、部门有关的核验事项。请换几个地区或部门。")
    widgets.done()

of_status = {
    OPEN: [finding for finding in findings if finding.status != "一致"],
    ALL: list(findings),
    **{status: [f for f in findings if f.status == status] for status in STATUSES},
}
chosen = "、".join(map(place_name, selection.chosen_districts + selection.chosen_departments))
st.html(
    markup.reading(tally(findings) + (f"，只列与{chosen}有关的和全市性的。" if chosen else "。"))
)
store = Comments(lake.path)
earlier = [r.id for r in lake.releases() if r.number < release.number]
comments = store.standing(
    release.id, earlier, selection.period, {finding.rule: finding.about for finding in found}
)
# The list is sent before the buttons that decide on it, so that it can be read first.
picker, action = st.columns([4, 1], vertical_alignment="bottom")
usual = OPEN if of_status[OPEN] else ALL
status = st.session_state.get("verify-status", usual)
shown = of_status[status]
if shown:
    desk.listing(shown, comments)
else:
    widgets.empty(f"没有“{status}”的事项。请换一个结论。")
picker.segmented_control(
    "结论",
    list(of_status),
    default=usual,
    format_func=lambda name: f"{name} {len(of_status[name])}",
    key="verify-status",
    required=True,
)
if not shown:
    widgets.done()
name = f"数据核验-{selection.period}-{release.id}.csv"
action.download_button(
    "下载所列",
    data=visitor.taken(lambda: desk.as_csv(shown, comments), name, release.id),
    file_name=name,
    mime="text/csv",
    icon=":material/download:",
    width="stretch",
    on_click="ignore",
)

desk.heading("算式和依据", "选一个事项查看")
names = {finding.rule: finding.name for finding in shown}
rule = st.selectbox(
    "事项", list(names), format_func=names.__getitem__, key="verify-rule", filter_mode="contains"
)
one = next(finding for finding in shown if finding.rule == rule)
desk.detail(one)
desk.heading("意见", "随版本留存，不改数")
desk.told(comments.get(rule, ()), release.id)
if lost := store.unreadable(release.id):
    st.caption(f"本版本有{lost}条意见当时没有写完，已略过。")
if release.kind == "proposal":
    st.caption("这是还没有发布的预览，发布后才能写意见。")
    widgets.done()
if visitor.offers(Action.COMMENT):
    desk.form(store, release.id, selection.period, one)
