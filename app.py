"""通报台: the entry point. `streamlit run app.py`, or any ASGI server on `app:app`."""

import sys

import streamlit as st

from lib.access.ready import problems
from lib.failures import page_failed
from lib.routes import MIDDLEWARE, ROUTES
from lib.server import lifespan
from lib.settings import stop_if_wrong

stop_if_wrong()
secrets = st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}
if wrong := problems(secrets.get("auth")):
    print(
        "登录设置有误，没有启动：",
        *(f"- {sentence}。" for sentence in wrong),
        sep="\n",
        file=sys.stderr,
    )
    sys.exit(2)
app = st.App(
    "lib/shell.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=page_failed,
)
