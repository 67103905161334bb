"""通报台: the entry point. `streamlit run app.py`, or any ASGI server on `app:app`."""

import sys

import streamlit as st

from lib.access.ready import problems
from lib.guards import MIDDLEWARE
from lib.routes import ROUTES
from lib.runtime.page_errors import page_failed
from lib.server import lifespan
from lib.settings import lake_dir, stop_if_wrong
from lib.store.form import too_new

stop_if_wrong()
if newer := too_new(lake_dir()):
    print(f"没有启动：{newer}。", file=sys.stderr)
    sys.exit(2)
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
