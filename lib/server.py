"""The web server's side: what happens at start and stop, and the HTTP routes beside the pages."""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse
from starlette.routing import Route

from lib.pinning import PinnedAddress
from lib.seed import ensure_seeded
from lib.selection import Selection
from lib.settings import ROOT, lake_dir
from lib.store.lake import Lake

log = logging.getLogger("tongbao")


def _prepare() -> str:
    """Make sure there is a release, and have its pages' answers ready before anyone asks."""
    from lib.charts import spec
    from lib.insight.overview import overview
    from lib.views.centers import centers
    from lib.views.staff import staff
    from lib.views.warnings import warnings

    release = ensure_seeded()
    for period in release.periods:
        selection = Selection(release.id, period)
        overview(selection)
        for view in (centers(selection), warnings(selection), staff(selection)):
            for dark in (False, True):
                spec(view.chart, dark, view.groups, view.options)
    return release.id


def _send_at_once() -> None:
    """Turn off Nagle's delay on the listening socket, which accepted connections inherit.

    Streamlit makes it without naming TCP, so asyncio does not: a small message after another
    would wait up to 40 ms for the browser's acknowledgement.
    """
    for item in gc.get_objects():
        if type(item) is socket.socket and item.family in (socket.AF_INET, socket.AF_INET6):
            item.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Seed on first start, warm up, and say so; nothing is left open at stop."""
    release_id = await anyio.to_thread.run_sync(_prepare)
    _send_at_once()
    # Streamlit collects garbage after every run; what start-up made stays, so it need not be searched.
    gc.collect()
    gc.freeze()
    log.info("ready release=%s", release_id)
    yield {"ready": True}
    log.info("stopped")


async def healthz(_: Request) -> JSONResponse:
    """200 with the live release once pages can be answered, else 503."""
    live = await anyio.to_thread.run_sync(Lake(lake_dir()).live)
    if live is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    return JSONResponse({"status": "ok", "release": live.id})


async def script(request: Request) -> FileResponse:
    """The browser's side of links between pages, and of words that Streamlit has in English only."""
    name = request.url.path.rpartition("/")[2]
    return FileResponse(ROOT / "lib" / "assets" / name, media_type="text/javascript")


def _shown(rehearsal_id: str) -> HTMLResponse:
    """A rehearsal as its deck, or a page that says why not."""
    from lib.meeting.deck import served_deck, sorry
    from lib.meeting.rehearsal import kept_rehearsals
    from lib.queries.release import UnknownReleaseError
    from lib.store.rehearsals import RehearsalError

    try:
        found = kept_rehearsals().get(rehearsal_id)
        if found is not None:
            made, status = served_deck(found, Lake(lake_dir()).live()), 200
        else:
            made, status = sorry("没有这份排练，可能已被删除。"), 404
    except RehearsalError as error:
        made, status = sorry(f"{error}。"), 404
    except UnknownReleaseError as error:
        made, status = sorry(f"这份排练固定在版本 {error}，这里没有这个版本。"), 404
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"{made.policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(made.html, status, headers)


async def deck(request: Request) -> HTMLResponse:
    """A rehearsal's deck; 404 with a sentence where it cannot be shown."""
    return await anyio.to_thread.run_sync(_shown, request.path_params["rehearsal_id"])


async def deck_status(request: Request) -> JSONResponse:
    """For an open deck: the newest release, and whether it is newer than the one shown."""
    lake, shown = Lake(lake_dir()), request.query_params.get("release", "")
    live = await anyio.to_thread.run_sync(lake.live)
    if live is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    answer = {"latest": live.id, "label": live.label, "newer": live.id != shown}
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


MIDDLEWARE = [Middleware(PinnedAddress)]
ROUTES = [
    Route("/healthz", healthz),
    Route("/links.js", script),
    Route("/words.js", script),
    Route("/deck/status", deck_status),
    Route("/deck/{rehearsal_id}", deck),
]
