"""A bare address is answered with the pinned one, so that the browser's history never holds both."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse

from lib.access.roles import MACHINE, Person
from lib.actions import opened
from lib.catalog.periods import parse_period
from lib.guards.asgi import App, Message, Receive, Send
from lib.guards.visitor import visitor_of
from lib.navigation import PAGES
from lib.settings import lake_dir
from lib.store.lake import Lake

# The pages, and what a browser that shows none of them is offered.
_PATHS = {f"/{'' if e.default else e.file}" for entries in PAGES.values() for e in entries}
_PATHS.add("/document/html")


def pinned(query: str, person: Person = MACHINE) -> str | None:
    """A query with the release and period it means written out; None where nothing is left to say.

    An unknown release, or one the person may not see, stays as it is: the page says so.
    """
    asked = parse_qsl(query, keep_blank_values=True)
    held = dict(asked)
    if {"release", "period"} <= held.keys():
        return None
    lake = Lake(lake_dir())
    release = opened(person, lake, held["release"]) if held.get("release") else lake.live()
    if release is None:
        return None
    latest = next((name for name in reversed(release.periods) if parse_period(name)), None)
    said = {"release": release.id, **({"period": latest} if latest else {})} | held
    wanted = [*((key, said[key]) for key in ("release", "period") if key in said)]
    return urlencode(wanted + [pair for pair in asked if pair[0] not in ("release", "period")])


class PinnedAddress:
    """Middleware: sends who opens a page without a release to the newest one, by one redirect.

    Somebody who may not come in is not told which that is.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Redirect, or let the app answer."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in _PATHS:
            query = scope["query_string"].decode("latin-1")
            known = await anyio.to_thread.run_sync(visitor_of, Request(scope))
            wanted = (
                await anyio.to_thread.run_sync(pinned, query, known.person)
                if known.person
                else None
            )
            if wanted is not None and wanted != query:
                # Relative, so that it holds under any base path.
                answer = RedirectResponse(f"?{wanted}", 307, {"Cache-Control": "no-store"})
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)
