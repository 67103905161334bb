"""总览: where we stand, who is behind, what does not add up."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.periods import parse_period
from lib.insight.cells import figure
from lib.insight.overview import overview
from lib.insight.table import table
from lib.queries.release import opened_release
from lib.runtime import pacing
from lib.views.centers import centers
from lib.views.warnings import warnings

TOP_DEPARTMENTS = 10
# Fixed, so that the charts keep their specs when a filter changes and only data travels.
CENTERS_HEIGHT, WARNINGS_HEIGHT = 166, 200

selection = widgets.current_selection()
view = overview(selection)
release = opened_release(selection.release_id)
period = parse_period(selection.period)

dates = f"数据时点 {view.dates[0]} 至 {view.dates[1]}" if view.dates else "本期没有数据"
st.html(
    widgets.takeaway()
    + markup.title(
        f"{period.label}政务服务总览",
        f"范围：{selection.scope}｜版本 {release.label}（{release.by}）｜{dates}",
    )
)
if not view.cards:
    widgets.empty(f"{period.label}还没有数据。请到“填报模板”下载模板报送，或在左侧换一个期次。")
    widgets.done()

widgets.cards(view.cards)
# Two rows, the parts of each about as high on a laptop as on a wide screen.
words, ranks = st.columns([0.85, 1], gap="medium")
with words:
    st.html(markup.heading("要点") + markup.numbered(s.text for s in view.sentences))
with ranks:
    ends = table(
        ("指标", "领先", "落后"),
        (
            (r.name, figure(r.best_text, r.best), figure(r.worst_text, r.worst))
            for r in (*view.district_ranks, *view.department_ranks)
        ),
    )
    mentions = "；".join(m.text for m in (*view.district_mentions, *view.department_mentions))
    st.html(
        markup.heading("地区和部门先后", "上下界只作落后依据；没有报送不等于零")
        + markup.table(ends)
        + markup.note(f"落后名单上榜最多：{mentions or '无'}")
    )
sites_place, warned_place, sums_place = st.columns([1, 1, 1.15], gap="medium")
with sites_place:
    sites = centers(selection)
    st.html(
        markup.heading("服务阵地提升范围", "个，是范围不是完成数", "centers")
        + markup.reading(sites.reading, seen=False)
    )
    widgets.chart(sites, CENTERS_HEIGHT, key="overview-centers")
with warned_place:
    warned = warnings(selection)
    shown = warned.head(TOP_DEPARTMENTS)
    st.html(
        markup.heading(
            "网办预警与超期",
            f"件，图示{shown.groups}个部门，共{warned.groups}个",
            "warnings",
        )
        + markup.reading(warned.reading, seen=False)
    )
    widgets.chart(shown, WARNINGS_HEIGHT, key="overview-warnings")
with sums_place:
    open_sums = table(
        ("事项", "结论", "所称", "计算"),
        (
            (f.name, f.status, figure(f.stated, f.facts[:1]), figure(f.computed, f.facts))
            for f in view.unresolved
        ),
    )
    st.html(
        markup.heading("待核对", "原文数字之间对不上；只提示，不改数", "verify")
        + markup.table(open_sums)
    )
pacing.after_charts()
with words:
    basis = st.popover("查看依据", type="tertiary", icon=":material/fact_check:", on_change="rerun")
    if basis.open:
        with basis:
            for n, sentence in enumerate(view.sentences, 1):
                st.markdown(f"**{n}. {markup.plain(sentence.text)}**")
                st.caption(f"规则：{sentence.rule}")
                widgets.facts_table(sentence.facts)
with sums_place:
    sums = st.popover("查看算式", type="tertiary", icon=":material/calculate:", on_change="rerun")
    if sums.open:
        with sums:
            for finding in view.unresolved:
                st.markdown(f"**{markup.plain(finding.name)}**：{markup.plain(finding.arithmetic)}")
                st.caption(f"由{finding.resolver}核对")
                widgets.facts_table(finding.facts)
