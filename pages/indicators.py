"""主要指标: rates by district, departments by 落后 list, public-service items claimed."""

import streamlit as st

from lib import widgets
from lib.panels import sections
from lib.views.lagging import lagging
from lib.views.main_indicators import faceless, instant, power_claim, public_service
from lib.views.section import holds_nothing

selection = widgets.current_selection()
widgets.title(
    "主要指标",
    "各辖市（区）比率和全市平均，实条为确数，虚框为界限（只知道低于或高于某数），“—”为本期未报送。",
)
if holds_nothing("indicators", selection):
    widgets.empty(
        "本期没有主要指标数据。请换一个期次，或到“填报模板”下载“其他指标”“名单”模板报送。"
    )
    widgets.done()

for column, make in zip(st.columns(3, gap="medium"), (power_claim, faceless, instant), strict=True):
    with column:
        widgets.exhibit(make(selection), widths=())

widgets.exhibit(lagging(selection), widths=(1, 1), most=15)
widgets.exhibit(public_service(selection))
sections.show("indicators")
