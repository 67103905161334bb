"""The least a Chinese Streamlit page can do: one choice and one text that echoes it.

`?by=list` makes the choice a list that is opened, as departments are; else it is a row of buttons.
"""

import streamlit as st

OPTIONS = ("甲", "乙")
if st.query_params.get("by") == "list":
    choice = st.multiselect("选项", OPTIONS, key="filter")
else:
    choice = st.pills("选项", OPTIONS, key="filter", selection_mode="multi")
st.write(f"空页面 {'、'.join(choice) or '全部'}")
