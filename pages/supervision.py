"""互联网+监管: coverage by department, items, data, clues, news reported and adopted."""

import streamlit as st

from lib import widgets
from lib.panels import sections
from lib.views import supervision_by_department, supervision_totals
from lib.views.section import holds_nothing

selection = widgets.current_selection()
widgets.title(
    "互联网+监管",
    "监管事项、数据汇聚、线索反馈和信息报送。实条为确数，虚框为界限；监管事项认领与权力事项、公共服务事项的认领互不相同。",
)
if holds_nothing("supervision", selection):
    widgets.empty(
        "本期没有“互联网+监管”数据。请换一个期次，或到“填报模板”下载“其他指标”“名单”模板报送。"
    )
    widgets.done()
widgets.without_effect(
    "本页按全市和市级部门统计，不分地区；左侧“地区”筛选在本页不起作用。",
    selection.chosen_districts,
)

widgets.exhibit(supervision_by_department.coverage(selection))
rows = (
    (supervision_by_department.adopted, supervision_totals.reports),
    (supervision_totals.items, supervision_totals.aggregation),
)
for row in rows:
    for column, make in zip(st.columns(2, gap="medium"), row, strict=True):
        with column:
            widgets.exhibit(make(selection), widths=())
widgets.exhibit(supervision_totals.clues(selection))
sections.show("supervision")
