"""What browsers and monitors ask of the server itself: whether it is well, and its scripts."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse

from lib.settings import ROOT, lake_dir
from lib.store.lake import Lake


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
