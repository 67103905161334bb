"""指标口径: the data dictionary, made from the catalog."""

import pandas as pd
import streamlit as st

from lib import widgets
from lib.insight.dictionary import (
    department_rows,
    district_rows,
    metric_rows,
    roster_rows,
    rule_rows,
    status_rows,
)

selection = widgets.current_selection()
widgets.title(
    "指标口径",
    "指标、名单、勾稽规则和名称登记，全部由系统的登记表生成。※为通行做法，未见正式出处。",
    alone=True,
)

wanted = st.text_input(
    "查找", placeholder="输入指标、名单或部门名称的一部分", key="dictionary-search"
)
tabs = {
    "指标": metric_rows(selection),
    "名单": roster_rows(selection),
    "勾稽规则": rule_rows(),
    "地区": district_rows(),
    "部门": department_rows(),
    "办件状态": status_rows(),
}
choice = st.segmented_control(
    "类别", list(tabs), default="指标", key="dictionary-kind", required=True
)
rows = [row for row in tabs[choice] if not wanted or any(wanted in str(v) for v in row.values())]
if not rows:
    widgets.empty(f"没有包含“{wanted}”的{choice}。请换一个词。")
    widgets.done()
st.dataframe(pd.DataFrame(rows), hide_index=True, height=620, key=f"dictionary-{choice}")
st.caption(f"共{len(rows)}条，已全部列出。")
