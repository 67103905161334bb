"""预警台账 as a plain Streamlit page: `-- duckdb` asks the cases on every rerun, `-- pandas` holds them."""

import sys

import streamlit as st
from figures import DISTRICTS, asked_of_cases, cases_held

ask = asked_of_cases if sys.argv[-1] == "duckdb" else st.cache_resource(cases_held)()

st.set_page_config(page_title="对照页", layout="wide")
st.title("预警台账")
districts = st.pills("地区", list(DISTRICTS), selection_mode="multi", key="district")
shown = ask(districts)

for column, (name, value) in zip(st.columns(len(shown.cards)), shown.cards.items(), strict=True):
    column.metric(name, value)
left, right = st.columns(2)
left.bar_chart(shown.departments, x="department", y=["due_soon", "overdue"], horizontal=True)
right.bar_chart(shown.districts, x="district", y="on_time", horizontal=True)
left.line_chart(shown.months, x="due_month", y="overdue")
right.table(shown.items)
