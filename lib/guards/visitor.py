"""Who a request comes from, and the gate before everything that is not a page.

Pages ask for themselves (`lib/visitor.py`). The start document, the app's own scripts and the
answers to monitors hold no figure and are for everybody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import anyio
import streamlit
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from lib.access.roles import VISITOR
from lib.access.ways import Caller, Visitor, visitor
from lib.audit.arrivals import arrived, left
from lib.audit.recording import denied
from lib.guards.asgi import App, Message, Receive, Send
from lib.guards.bearer import API, bearer, unauthorized
from lib.settings import SignIn, sign_in

_GUARDED = ("/download/", "/document/", "/deck/", "/media/", "/_stcore/upload_file/", API)
_ASKS_BY_ITSELF = "/deck/status"  # an open deck, every few seconds: no sign that somebody is there
_LOGOUT = "/auth/logout"


def claims(request: Request) -> Mapping[str, Any]:
    """The claims of Streamlit's signed identity cookie; empty where there is none or it is forged."""

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        found = value and decode_signed_value(get_cookie_secret(), name, value.encode("latin-1"))
        return found or None

    content = get_cookie_with_chunks(signed, USER_COOKIE_NAME) if sign_in() is SignIn.OIDC else None
    held = json.loads(content) if content else {}
    return held if held.get("is_logged_in") else {}


def visitor_of(request: Request) -> Visitor:
    """Who asks, now; a sign-in that was never seen before is in the audit log."""
    bound = str(streamlit.get_option("server.address") or "0.0.0.0")
    peer = request.client.host if request.client else None
    caller = Caller(bound, peer, dict(request.headers), claims(request))
    found = visitor(caller, idle=request.url.path == _ASKS_BY_ITSELF)
    arrived(found)
    return found


def _noted(request: Request) -> Visitor:
    """Who asks; a way out and a denial are in the audit log, by what kind of thing was asked for."""
    path = request.url.path
    found = bearer(request.scope) or visitor_of(request)
    if path == _LOGOUT:
        left(found)
    elif found.person is None and path != _ASKS_BY_ITSELF:
        kind = next(start for start in _GUARDED if path.startswith(start))
        denied(found.account or VISITOR, f"取 {kind}", found.why)
    return found


def _refused(scope: Message, why: str) -> Response:
    if scope["path"].startswith(API):
        return unauthorized(scope, why)
    return PlainTextResponse(why, 401, {"Cache-Control": "no-store"})


class Gate:
    """Middleware: files, decks and figures only for somebody who may come in; whom is in `scope["visitor"]`.

    A sign-out is noted in the server's own list before Streamlit takes the cookie away.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse with 401 and a sentence, or let the app answer."""
        path = scope.get("path", "")
        if scope["type"] == "http" and (path.startswith(_GUARDED) or path == _LOGOUT):
            found = await anyio.to_thread.run_sync(_noted, Request(scope))
            if found.person is None and path != _LOGOUT:
                refused = _refused(scope, found.why)
                await refused(scope, receive, send)
                return
            scope["visitor"] = found
        await self._app(scope, receive, send)
