"""The small app as Streamlit alone would serve it: what every check has to find wrong."""

import streamlit as st

from tests.security.small.watch import watch

watch()
app = st.App("shell.py")
