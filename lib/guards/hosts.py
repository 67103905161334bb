"""Who may be asked for, and from where: the Host and Origin of every request.

A foreign name that resolves to this machine (DNS rebinding) is refused, and so is a foreign
page's request. Streamlit would look its own public address up on the internet first, and let
everybody wait meanwhile; it never sees such a request.
"""

from __future__ import annotations

import re

from lib.guards.asgi import App, Message, Receive, Send, headers_named, refuse
from lib.settings import allowed_hosts

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::[0-9]{1,5})?")
_NOT_HERE = (
    "这里不接受用这个网址访问。请改用管理员给的网址；"
    "管理员请把它的主机名写进环境变量 TONGBAO_HOSTS，再重新启动。"
)
_FOREIGN = "这个请求来自别的网站，没有受理。请直接打开通报台操作。"


def host_of(scope: Message) -> str | None:
    """The host and port a request names, in lower case; None where it is not one of ours."""
    named = headers_named(scope, "host")
    host = named[0].lower() if len(named) == 1 else ""
    found = _HOST.fullmatch(host)
    return host if found and found["name"] in allowed_hosts() else None


def from_elsewhere(scope: Message, host: str) -> bool:
    """Whether a page of another origin sent a request; one without an Origin is no page's."""
    ours = (f"http://{host}", f"https://{host}")
    return any(origin.lower() not in ours for origin in headers_named(scope, "origin"))


class Hosts:
    """Middleware: answers 403 at once where Host or Origin is not ours."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse, or let the app answer."""
        if scope["type"] in ("http", "websocket"):
            host = host_of(scope)
            if host is None:
                await refuse(scope, receive, send, 403, _NOT_HERE, "host")
                return
            if from_elsewhere(scope, host):
                await refuse(scope, receive, send, 403, _FOREIGN, "origin")
                return
        await self._app(scope, receive, send)
