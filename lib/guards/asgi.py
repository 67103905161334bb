"""What middleware is made of: the shapes of ASGI, headers read, requests turned away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse

from lib.counters import REFUSED
from lib.logs import log, sent

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def headers_named(scope: Message, name: str) -> list[str]:
    """Every value a request has for a header; `name` in lower case."""
    wanted = name.encode()
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == wanted]


async def refuse(
    scope: Message, receive: Receive, send: Send, status: int, sentence: str, reason: str
) -> None:
    """Turn a request away with a sentence, a WebSocket with 403 before it is open; log and count it.

    reason: one of a few fixed words, a label of the count
    """
    REFUSED.labels(reason).inc()
    log.warning("refused", reason=reason, status=status, path=sent(scope["path"]))
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    answer = PlainTextResponse(sentence, status, {"Cache-Control": "no-store"})
    await answer(scope, receive, send)
