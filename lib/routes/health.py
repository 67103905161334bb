"""Whether the server is well, for monitors."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse

from lib.settings import lake_dir
from lib.store.lake import Lake


async def healthz(_: Request) -> JSONResponse:
    """200 with the live release once pages can be answered, else 503; `damaged`: a newer one that cannot be read."""
    lake = Lake(lake_dir())
    fallen = await anyio.to_thread.run_sync(lake.fallback)
    live = fallen.live if fallen else await anyio.to_thread.run_sync(lake.live)
    damaged = {"damaged": fallen.newest} if fallen else {}
    if live is None:
        status = "damaged" if fallen else "starting"
        return JSONResponse({"status": status, **damaged}, status_code=503)
    return JSONResponse({"status": "ok", "release": live.id, **damaged})
