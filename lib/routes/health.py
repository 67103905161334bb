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
    """200 with the live release once pages can be answered, else 503."""
    release = await anyio.to_thread.run_sync(Lake(lake_dir()).live)
    if release is None:
        return JSONResponse({"status": "starting"}, 503, _FRESH)
    return JSONResponse({"status": "ok", "release": release.id}, headers=_FRESH)
