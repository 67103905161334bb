"""How long an address may be."""

from __future__ import annotations

from lib.guards.asgi import App, Message, Receive, Send, refuse

LONGEST = 32_768  # bytes; our own longest, 数字溯源 of a sum, have a few thousand
_TOO_LONG = "网址太长，没有受理。请从页面上的链接重新打开，或减少所选的条件。"


class Lengths:
    """Middleware: 414 for an address no page of ours has."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse, or let the app answer."""
        if (
            scope["type"] in ("http", "websocket")
            and len(scope["query_string"]) + len(scope["path"]) > LONGEST
        ):
            await refuse(scope, receive, send, 414, _TOO_LONG, "length")
        else:
            await self._app(scope, receive, send)
