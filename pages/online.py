"""一网通办: standard mobile applications, use of services, channels, site checks."""

import streamlit as st

from lib import widgets
from lib.panels import sections
from lib.views.online import mobile_standard, service_use
from lib.views.section import holds_nothing

selection = widgets.current_selection()
widgets.title("一网通办", "PC端、移动端、自助端服务能级，移动端标准应用接入，网站抽检和运行管理。")
if holds_nothing("online", selection):
    widgets.empty(
        "本期没有一网通办数据。请换一个期次，或到“填报模板”下载“其他指标”“名单”“工作亮点”模板报送。"
    )
    widgets.done()
widgets.without_effect(
    "本页多是全市数；左侧“地区”筛选只影响分地区的条目，“部门”筛选只影响部门名单。",
    selection.chosen_districts,
    selection.chosen_departments,
)

connected, used = st.columns(2, gap="medium")
with connected:
    widgets.exhibit(mobile_standard(selection), widths=())
with used:
    widgets.exhibit(service_use(selection), widths=())
sections.show("online")
