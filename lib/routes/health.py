"""Whether the server is well, for monitors."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse

from lib.settings import lake_dir
from lib.store.lake import Lake


async def healthz(_: Request) -> JSONResponse:
    """200 with the live release once pages can be answered, else 503."""
    live = await anyio.to_thread.run_sync(Lake(lake_dir()).live)
    if live is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    return JSONResponse({"status": "ok", "release": live.id})
