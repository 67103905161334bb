"""A folder `pages` beside the script: Streamlit runs its files without the script."""

import streamlit as st

app = st.App("shell.py")
