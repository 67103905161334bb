"""One browser, one visit: its sessions, uploads and files are nobody else's.

A random cookie comes with the start document. A session is resumed, an upload changed and a file
at `/media` fetched only by the visit it belongs to; a file belongs to those it was offered to over
their own WebSocket.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict

from starlette.requests import cookie_parser

from lib.guards.asgi import App, Message, Receive, Send, headers_named, refuse
from lib.runtime.visits import COOKIE, HEADER, files_offered, visit_of

_VISIT = re.compile(r"[A-Za-z0-9_-]{43}")
# Not Streamlit's own files, which are under `/static/media`.
_MEDIA = re.compile(r"(?:.*/)?(?<!static/)media/(?P<name>.*)", re.DOTALL)
_UPLOAD = re.compile(r"(?:.*/)?_stcore/upload_file/(?P<session>[^/]*)/.*", re.DOTALL)
_MOST = 20_000  # offers remembered
_NOT_YOURS = (
    "这份文件只有打开原页面的人能取，而且只在页面打开期间有效。请回到页面，刷新后重新下载或上传。"
)


def _new_visit() -> str:
    return secrets.token_urlsafe(32)


def visit_in(scope: Message) -> str | None:
    """The visit a request comes from; None where it has no cookie of ours."""
    for line in headers_named(scope, "cookie"):
        held = cookie_parser(line).get(COOKIE, "")
        if _VISIT.fullmatch(held):
            return held
    return None


class Visits:
    """Middleware: gives a browser its visit, and refuses it what is another's."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._offers: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse, or let the app answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        visit = visit_in(scope)
        stripped = [pair for pair in scope["headers"] if pair[0].lower() != HEADER.encode()]
        if scope["type"] == "websocket":
            known = visit or _new_visit()  # one without a cookie is like no other
            headers = [*stripped, (HEADER.encode(), known.encode())]
            await self._app({**scope, "headers": headers}, receive, self._noting(known, send))
        elif not self._allowed(scope["path"], visit):
            await refuse(scope, receive, send, 403, _NOT_YOURS, "visit")
        else:
            given = send if visit else _giving(_new_visit(), scope["scheme"] == "https", send)
            await self._app({**scope, "headers": stripped}, receive, given)

    def _allowed(self, path: str, visit: str | None) -> bool:
        """Whether a visit may ask for a path."""
        if media := _MEDIA.fullmatch(path):
            return (visit, media["name"]) in self._offers
        if upload := _UPLOAD.fullmatch(path):
            return visit is not None and visit_of(upload["session"]) == visit
        return True

    def _noting(self, visit: str, send: Send) -> Send:
        """A way to send that remembers which files a visit is offered."""

        async def noting(message: Message) -> None:
            for name in files_offered(message.get("bytes") or b""):
                self._offers[visit, name] = None
                self._offers.move_to_end((visit, name))
                if len(self._offers) > _MOST:
                    self._offers.popitem(last=False)
            await send(message)

        return noting


def _giving(visit: str, secure: bool, send: Send) -> Send:
    """A way to send that gives a new visit along with a document."""
    cookie = f"{COOKIE}={visit}; HttpOnly; SameSite=Lax; Path=/{'; Secure' if secure else ''}"

    async def giving(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = list(message["headers"])
            if any(n.lower() == b"content-type" and v.startswith(b"text/html") for n, v in headers):
                message["headers"] = [*headers, (b"set-cookie", cookie.encode())]
        await send(message)

    return giving
