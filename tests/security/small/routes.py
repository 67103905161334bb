"""A route that breaks before it answers, and one that breaks half way."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

SECRET = "password=hunter2"


async def breaks(_: Request) -> Response:
    raise ValueError(SECRET)


async def breaks_late(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"half"
        raise ValueError(SECRET)

    return StreamingResponse(parts())


BROKEN = [Route("/breaks", breaks), Route("/breaks-late", breaks_late)]
