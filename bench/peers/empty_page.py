"""The least a Chinese Streamlit page can do: one choice and one text that echoes it."""

import streamlit as st

choice = st.selectbox("选项", ("甲", "乙"), key="filter")
st.write(f"空页面 {choice}")
