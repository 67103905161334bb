"""A guard that needs the whole app is made once that is loaded; until then, who asks waits."""

from __future__ import annotations

import re

from lib.guards.asgi import App, Message, Receive, Send
from lib.loading import is_loaded, once_loaded

# What holds no figure: the start document, what a browser loads for it, answers to monitors.
_AT_ONCE = re.compile(
    r"/(?:[^/.]*|assets/.+|static/.+|healthz/(?:live|ready)|_stcore/(?:health|host-config))"
)


class Later:
    """Middleware: the guard of that name, which lets nothing with a figure past before it is there.

    guard: as in "lib.guards.visitor:Gate"
    """

    def __init__(self, app: App, guard: str) -> None:
        self._app, self._guard = app, guard
        self._made: App | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the guard answer; while the app is loading, wait for it or need none."""
        if self._made is None:
            if scope["type"] == "lifespan" or (
                not is_loaded() and scope["type"] == "http" and _AT_ONCE.fullmatch(scope["path"])
            ):
                await self._app(scope, receive, send)
                return
            guard = await once_loaded(self._guard)
            self._made = self._made or guard(self._app)
        await self._made(scope, receive, send)
