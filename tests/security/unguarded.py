"""The app without its guard of uploads: what the checks must find fault with."""

from pathlib import Path

import streamlit as st

from lib.guards import MIDDLEWARE
from lib.routes import ROUTES
from lib.server import lifespan

app = st.App(
    Path(__file__).resolve().parents[2] / "lib" / "shell.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        one for one in MIDDLEWARE if one.kwargs.get("guard") != "lib.guards.uploads:BoundedUploads"
    ],
)
