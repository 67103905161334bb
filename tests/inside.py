"""What the app's routes answer, behind all their guards, asked in this process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote

import anyio
from starlette.applications import Starlette

from lib.guards import MIDDLEWARE
from lib.routes import ROUTES


def get(
    address: str, client: str = "127.0.0.1", method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a GET, or of another method, from a client's address; `_` in header names is `-`."""
    path, _, query = address.removeprefix("/").partition("?")
    sent: list[dict[str, Any]] = []
    named = {"host": "localhost:8501"} | headers
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": f"/{unquote(path)}",
        "raw_path": f"/{path}".encode(), "query_string": query.encode(), "scheme": "http",
        "server": ("127.0.0.1", 8501), "root_path": "", "client": (client, 40000),
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in named.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    # In a thread of its own: this one may belong to a browser that another test has open.
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, app, scope, receive, send).result()
    answered = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(part.get("body", b"") for part in sent[1:])
