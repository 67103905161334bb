"""The small app behind everything that stands before ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from lib import logs
from lib.guards import MIDDLEWARE
from lib.routes import ROUTES
from lib.runtime.page_errors import page_failed
from tests.security.small.routes import BROKEN
from tests.security.small.watch import watch


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    logs.adopt()
    yield {}


watch()
app = st.App(
    "shell.py",
    routes=[*BROKEN, *ROUTES],
    middleware=MIDDLEWARE,
    on_script_error=page_failed,
    lifespan=lifespan,
)
