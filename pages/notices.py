"""提醒: what passed its line, got worse, does not add up or is missing; who was told, and who knows."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.notices import SEVERITIES
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.insight.judgements import concerning, most_pressing_first
from lib.insight.notices import judgements, staleness
from lib.notices.channels import channels
from lib.notices.record import END_OF
from lib.notices.round import live_release, utc_now
from lib.panels import notices as desk
from lib.queries.release import opened_release
from lib.settings import notice_endpoints

ALL = "全部"

selection = widgets.current_selection()
release, live = opened_release(selection.release_id), live_release()
is_kept = live is not None and (live.id, live.periods[-1]) == (release.id, selection.period)
about = f"{period_label(selection.period)}｜{selection.scope}｜版本 {release.label}"
widgets.title("提醒", f"到线、变差、对不上、缺数和没有更新的；只提示，不改数。{about}")
desk.refusal()

judged = judgements(selection.release_id, selection.period)
if is_kept:
    judged = most_pressing_first((*judged, staleness(release.id, utc_now())))
found = concerning(judged, selection)
holding = [one for one in found if one.standing == "成立"]
undecided = [one for one in found if one.standing == "不能判断"]
of_severity = {ALL: holding} | {
    severity: [one for one in holding if one.declared.severity == severity]
    for severity in SEVERITIES
}
chosen = "、".join(map(place_name, selection.chosen_districts + selection.chosen_departments))
counts = "，".join(f"{severity}{len(of_severity[severity])}" for severity in SEVERITIES)
st.html(
    markup.reading(
        f"{len(holding)}项提醒：{counts}"
        + (f"；另有{len(undecided)}项不能判断" if undecided else "")
        + (f"。只列与{chosen}有关的和全市性的。" if chosen else "。")
    )
)

records = desk.kept_records()
places = {*selection.chosen_districts, *selection.chosen_departments}
near = [one for one in records if not places or not one.places or places & {*one.places}]
kept = {one.key: one for one in records if one.is_open} if is_kept else {}
seen = {one.key for one in holding}
left = [one for one in near if one.key in kept and one.key not in seen]
picker = st.container()
severity = st.session_state.get("notices-severity", ALL)
if of_severity[severity]:
    desk.listing(of_severity[severity], kept)
elif judged:
    widgets.empty(
        f"所选范围没有{'' if severity == ALL else f'“{severity}”的'}提醒。规则和提醒线见下。"
    )
else:
    widgets.empty("本期没有可判断的数据。请换一个期次，或到“填报模板”下载模板报送。")
with picker:  # sent last, so that the list can be read first
    st.segmented_control(
        "级别", list(of_severity), default=ALL, key="notices-severity", required=True,
        format_func=lambda name: f"{name} {len(of_severity[name])}",
    )  # fmt: skip
if left:
    st.html(markup.heading("未能再判断", "先前记入，最新一期判断不了，也没有恢复"))
    desk.unjudged(left)
desk.acknowledging((*holding, *left), kept)
if not is_kept and live:
    st.caption(
        f"这里按所选的版本和期次判断；只有最新版本 {live.id} 的{period_label(live.periods[-1])}会记时、投递和标为知悉。"
    )
if undecided:
    st.html(markup.heading("不能判断", "只报了界限、约数，或两期不能比，不当作到线"))
    desk.undecided(undecided)

st.html(markup.heading("已恢复", "先前记入，后来不再成立或数据已撤回的"))
if over := [one for one in near if one.ended in END_OF]:
    desk.ended(over)
else:
    st.caption("还没有恢复的提醒。")

names = "、".join(channel.name for channel in channels(notice_endpoints()))
told = f"投递到{names}" if names else "没有设置投递渠道，提醒只在本页"
st.html(markup.heading("规则和提醒线", f"沿用通报和指标口径，不另设目标；{told}"))
desk.rules(selection.period)
