"""The small app behind everything that stands before ours."""

import streamlit as st

from lib.failures import page_failed
from lib.routes import MIDDLEWARE, ROUTES
from tests.security.small.routes import BROKEN
from tests.security.small.watch import watch

watch()
app = st.App(
    "shell.py", routes=[*BROKEN, *ROUTES], middleware=MIDDLEWARE, on_script_error=page_failed
)
