"""苏企通与重点工作: the platform's money and reach, and the half-year's work by date."""

import streamlit as st

from lib import markup, widgets
from lib.panels import sections
from lib.runtime import pacing
from lib.views import benefits
from lib.views.notes import UNDATED
from lib.views.section import holds_nothing
from lib.views.timeline import timeline

selection = widgets.current_selection()
widgets.title(
    "苏企通与重点工作",
    "惠企政策直达和为民办实事，通报前言和第一部分。约、近、余照原文保留，不当确数。",
)
if holds_nothing("benefits", selection):
    widgets.empty(
        "本期没有苏企通和重点工作数据。请换一个期次，或到“填报模板”下载“其他指标”“工作亮点”模板报送。"
    )
    widgets.done()
widgets.without_effect(
    "本页是全市数和全市工作；左侧“地区”筛选只影响分地区的条目，“部门”筛选只影响部门名单。",
    selection.chosen_districts,
    selection.chosen_departments,
)

money, reach = st.columns(2, gap="medium")
with money:
    widgets.exhibit(benefits.amounts(selection), widths=())
with reach:
    widgets.exhibit(benefits.reach(selection), widths=())

work = timeline(selection)
pacing.after_charts()
st.html(markup.heading(work.title, work.remark))
if work.empty:
    widgets.empty(work.reading)
else:
    st.html(
        markup.reading(work.reading)
        + markup.timeline(work.table, UNDATED)
        + markup.downloads(work.id)
    )

sections.show("benefits")
