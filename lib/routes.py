"""The HTTP routes beside the pages: health, the browser's script, decks, tables as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Route

from lib.links import read_selection
from lib.settings import ROOT, lake_dir
from lib.store.lake import Lake


async def healthz(_: Request) -> JSONResponse:
    """200 with the live release once pages can be answered, else 503."""
    live = await anyio.to_thread.run_sync(Lake(lake_dir()).live)
    if live is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    return JSONResponse({"status": "ok", "release": live.id})


async def links_script(_: Request) -> FileResponse:
    """The browser's side of links between pages."""
    return FileResponse(ROOT / "lib" / "assets" / "links.js", media_type="text/javascript")


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


def _table(view: str, suffix: str, asked: Mapping[str, Sequence[str]]) -> Response:
    """A view's table as a file, or a sentence that says why there is none."""
    from lib.queries.release import UnknownReleaseError
    from lib.views.files import TABLE_FILES
    from lib.views.named import view_named

    try:
        selection = read_selection(asked)
        found = view_named(view, selection) if suffix in TABLE_FILES else None
    except (UnknownReleaseError, LookupError):
        found = None
    if found is None:
        sentence = "没有这个表：链接里的版本、期次或图表不存在。请从页面上重新下载。"
        return PlainTextResponse(sentence, 404)
    made = TABLE_FILES[suffix]
    name = f"{found.title}-{selection.period}-{selection.release_id}.{suffix}"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(made.make(found, selection), headers=headers, media_type=made.mime)


async def table_file(request: Request) -> Response:
    """A view's table as CSV or as a workbook; 404 with a sentence where there is none."""
    asked = {key: request.query_params.getlist(key) for key in request.query_params}
    path = request.path_params
    return await anyio.to_thread.run_sync(_table, path["view"], path["suffix"], asked)


ROUTES = [
    Route("/download/{view}.{suffix}", table_file),
    Route("/healthz", healthz),
    Route("/links.js", links_script),
    Route("/deck/status", deck_status),
    Route("/deck/{rehearsal_id}", deck),
]
