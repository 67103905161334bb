"""Whether the server is well, for monitors."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse

from lib.settings import lake_dir
from lib.store.lake import Lake

_FRESH = {"Cache-Control": "no-store"}


async def live(_: Request) -> JSONResponse:
    """200 as long as the server answers at all."""
    return JSONResponse({"status": "alive"}, headers=_FRESH)


async def ready(_: Request) -> JSONResponse:
    """200 with the live release once pages can be answered, else 503; `damaged`: a newer one that cannot be read."""
    lake = Lake(lake_dir())
    fallen = await anyio.to_thread.run_sync(lake.fallback)
    release = fallen.live if fallen else await anyio.to_thread.run_sync(lake.live)
    damaged = {"damaged": fallen.newest} if fallen else {}
    if release is None:
        status = "damaged" if fallen else "starting"
        return JSONResponse({"status": status, **damaged}, 503, _FRESH)
    return JSONResponse({"status": "ok", "release": release.id, **damaged}, headers=_FRESH)
