"""通报台: the entry point. `streamlit run app.py`, or any ASGI server on `app:app`."""

import streamlit as st

from lib.routes import MIDDLEWARE, ROUTES
from lib.server import lifespan

app = st.App("lib/shell.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
