"""What every answer tells the browser to forbid.

No script but our files runs, nothing is fetched from or sent to another host, no other site frames
us. A route that needs less says so itself, as the decks of `lib/routes/deck.py` do.
"""

from __future__ import annotations

from lib.guards.asgi import App, Message, Receive, Send
from lib.guards.hosts import host_of

_FIXED = (
    ("X-Frame-Options", "DENY"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
)  # fmt: skip
# What people made is only ever a file to keep, whatever it says it is.
_FILE = "default-src 'none'; sandbox; frame-ancestors 'none'"


def policy(host: str | None, path: str) -> str:
    """The content security policy for an address; `host` (with port) is where its WebSocket is."""
    if path.startswith("/media/"):
        return _FILE
    socket = f" ws://{host} wss://{host}" if host else ""
    return (
        "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
        "style-src 'self' 'unsafe-inline'; "  # Streamlit's styles are made as they are needed
        f"connect-src 'self'{socket}; worker-src 'self' blob:; manifest-src 'self'; "
        "object-src 'none'; frame-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )


class Headers:
    """Middleware: adds to every answer the headers it lacks."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the app answer, with our headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message["headers"]}
                ours = ("Content-Security-Policy", policy(host_of(scope), scope["path"])), *_FIXED
                message["headers"] = [
                    *message["headers"],
                    *((n.encode(), v.encode()) for n, v in ours if n.lower().encode() not in held),
                ]
            await send(message)

        await self._app(scope, receive, with_headers)
