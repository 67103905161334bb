"""What Streamlit offers to everybody and nobody here needs: not there, whoever asks."""

from __future__ import annotations

import re

from lib.guards.asgi import App, Message, Receive, Send, refuse

_HIDDEN = re.compile(r"(?:.*/)?_stcore/(?:metrics|script-health-check|agent(?:/.*)?)/*", re.DOTALL)


class Hidden:
    """Middleware: 404 for what is hidden."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse, or let the app answer."""
        if scope["type"] == "http" and _HIDDEN.fullmatch(scope["path"]):
            await refuse(scope, receive, send, 404, "没有这个地址。", "hidden")
        else:
            await self._app(scope, receive, send)
