"""Whether the server is well, for monitors."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import JSONResponse

from lib.loading import is_loaded
from lib.settings import lake_dir

_FRESH = {"Cache-Control": "no-store"}
_STARTING = {"status": "starting", "message": "正在启动，数据还没有准备好，请稍候。"}


async def live(_: Request) -> JSONResponse:
    """200 as long as the server answers at all."""
    return JSONResponse({"status": "alive"}, headers=_FRESH)


async def ready(_: Request) -> JSONResponse:
    """200 with the live release once pages can be answered, else 503.

    damaged: a newer release that cannot be read;  followed: of a copy, when it last had all
    there is, null where it never had
    """
    if not is_loaded():
        return JSONResponse(_STARTING, 503, _FRESH)
    from lib.store.copies import copied, nothing_yet
    from lib.store.lake import Lake

    lake = Lake(lake_dir())
    fallen = await anyio.to_thread.run_sync(lake.fallback)
    release = fallen.live if fallen else await anyio.to_thread.run_sync(lake.live)
    more: dict[str, str | None] = {"damaged": fallen.newest} if fallen else {}
    if copy := copied(lake.path):
        more["followed"] = copy.looked.isoformat(timespec="seconds") if copy.looked else None
    if release:
        return JSONResponse({"status": "ok", "release": release.id, **more}, headers=_FRESH)
    why = (
        {"status": "damaged"} if fallen else {"status": "empty", "message": nothing_yet(lake.path)}
    )
    return JSONResponse({**why, **more}, 503, _FRESH)
