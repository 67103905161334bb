"""What needs the whole app is imported once that is loaded; until then, who asks for it waits."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response

from lib.loading import is_loaded, loaded
from lib.routes.asgi import App, Message, Receive, Send

Endpoint = Callable[[Request], Awaitable[Response]]
# What holds no figure: the start document, what a browser loads for it, answers to monitors.
_AT_ONCE = re.compile(
    r"/(?:[^/.]*|assets/.+|static/.+|healthz/(?:live|ready)|_stcore/(?:health|host-config))"
)


async def _named(place: str) -> Any:
    """What has a name ("module:name") among the routes, once the app is loaded."""
    await loaded()
    module, _, name = place.partition(":")
    return getattr(await anyio.to_thread.run_sync(import_module, f"lib.routes.{module}"), name)


def later(place: str) -> Endpoint:
    """The endpoint of that name ("module:name"), imported when it is first asked for."""

    async def endpoint(request: Request) -> Response:
        answer: Endpoint = await _named(place)
        return await answer(request)

    endpoint.__name__ = place
    return endpoint


class Later:
    """Middleware: the guard of that name, which lets nothing with a figure past before it is there."""

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
            guard = await _named(self._guard)
            self._made = self._made or guard(self._app)
        await self._made(scope, receive, send)
