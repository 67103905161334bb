"""Every request counted; one the app breaks on is answered with a number, the log has the rest."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

from lib.counters import ERRORS, REQUESTS
from lib.guards.asgi import App, Message, Receive, Send
from lib.logs import failed, sent

# The first part of a path, as counted; all others are "page".
_PARTS = frozenset(
    (
        "_stcore",
        "api",
        "assets",
        "deck",
        "document",
        "download",
        "healthz",
        "media",
        "metrics",
        "static",
    )
)


class Failures:
    """Middleware: counts answers, and makes one where there would be none."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the app answer, or say that it could not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False
        first = scope["path"].split("/")[1]
        part = first if first in _PARTS else "page"

        async def noted(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                REQUESTS.labels(part, str(message["status"])).inc()
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            ERRORS.labels("request").inc()
            number = failed("request failed", error, path=sent(scope["path"]))
            if begun:  # half an answer is out: it ends here
                raise
            sentence = (
                f"服务器处理时出错，已记下，编号 {number}。请稍后再试；仍不行，请把编号告诉管理员。"
            )
            answer = PlainTextResponse(sentence, 500, {"Cache-Control": "no-store"})
            await answer(scope, receive, noted)
