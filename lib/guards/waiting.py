"""A page opened while the app is loading waits for it, as long as its browser does."""

from __future__ import annotations

import asyncio

from lib.guards.asgi import App, Message, Receive, Send
from lib.loading import is_loaded, loaded


class Waiting:
    """Middleware: a WebSocket is opened once the app is loaded; given up where the browser gave up."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the app answer, or nobody where nobody is left to answer."""
        if scope["type"] == "websocket" and not is_loaded():
            opening = [await receive()]
            if not await _outlasted(receive):
                return

            async def again() -> Message:
                return opening.pop() if opening else await receive()

            await self._app(scope, again, send)
        else:
            await self._app(scope, receive, send)


async def _outlasted(receive: Receive) -> bool:
    """Wait for the app; whether the browser still does when it is loaded. A stop ends every wait."""
    gone, there = asyncio.ensure_future(receive()), asyncio.ensure_future(loaded())
    await asyncio.wait((gone, there), return_when=asyncio.FIRST_COMPLETED)
    left = gone.done()
    gone.cancel()
    there.cancel()
    return not left
