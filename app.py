"""通报台: the entry point. `streamlit run app.py`, or any ASGI server on `app:app`."""

import sys

import streamlit as st

from lib.access.ready import problems
from lib.routes import MIDDLEWARE, ROUTES
from lib.server import lifespan

secrets = st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}
if wrong := problems(secrets.get("auth")):
    sys.exit("\n".join(f"不能启动：{sentence}。" for sentence in wrong))
app = st.App("lib/shell.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
