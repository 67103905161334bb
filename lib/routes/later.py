"""An endpoint that needs the whole app is imported once that is loaded; until then, who asks waits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from lib.loading import once_loaded

Endpoint = Callable[[Request], Awaitable[Response]]


def later(place: str) -> Endpoint:
    """The endpoint of that name ("lib.routes.files:table_file"), imported when it is first asked for."""

    async def endpoint(request: Request) -> Response:
        answer: Endpoint = await once_loaded(place)
        return await answer(request)

    endpoint.__name__ = place
    return endpoint
