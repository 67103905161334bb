"""通报台: the entry point. `streamlit run app.py`, or any ASGI server on `app:app`."""

import streamlit as st

from lib.server import MIDDLEWARE, ROUTES, lifespan

app = st.App("lib/shell.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
