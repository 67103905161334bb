"""网办预警: warnings and overdue cases by department."""

import streamlit as st

from lib import widgets
from lib.insight.overview import overview
from lib.panels import sections
from lib.views.warnings import warnings

selection = widgets.current_selection()
widgets.title(
    "网办预警", "预警：时限将到；超期：已过承诺时限。超期不是预警的一部分，不画漏斗、不算转化率。"
)
if selection.chosen_districts:
    st.info("本页按市级部门统计，不分地区；左侧“地区”筛选在本页不起作用。", icon=":material/info:")

cards = [c for c in overview(selection).cards if c.metric in ("warning_count", "overdue_count")]
if not cards:
    widgets.empty("本期没有网办预警数据。请换一个期次，或到“填报模板”下载“网办预警”模板报送。")
    widgets.done()

widgets.cards(cards)

widgets.exhibit(warnings(selection))
sections.show("warnings")
