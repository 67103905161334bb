"""Routes that break before they answer or half way, and a callback that believes anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

SECRET = "password=hunter2"


async def breaks(_: Request) -> Response:
    raise ValueError(SECRET)


async def breaks_late(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"half"
        raise ValueError(SECRET)

    return StreamingResponse(parts())


async def believes(request: Request) -> Response:
    """Signs in whoever brings a code, without a look at the state that belongs to their browser."""
    answer = RedirectResponse("/")
    if request.query_params.get("code"):
        answer.set_cookie("_streamlit_user", "of-anybody")
    return answer


BROKEN = [
    Route("/breaks", breaks),
    Route("/breaks-late", breaks_late),
    Route("/careless/oauth2callback", believes),
]
