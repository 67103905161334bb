"""The least a Streamlit page can do: one choice and one text that echoes it."""

import streamlit as st

choice = st.selectbox("filter", ("one", "two"), key="filter")
st.write(f"empty {choice}")
