"""通报台: the entry point. `streamlit run app.py`, or any ASGI server on `app:app`."""

import streamlit as st

from lib.failures import page_failed
from lib.routes import MIDDLEWARE, ROUTES
from lib.server import lifespan
from lib.settings import stop_if_wrong

stop_if_wrong()
app = st.App(
    "lib/shell.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=page_failed,
)
