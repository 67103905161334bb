"""Counters for a monitor on this machine, in Prometheus's text format."""

from __future__ import annotations

import anyio
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lib.counters import RELEASES
from lib.settings import LOOPBACK, lake_dir, metrics_shown
from lib.store.lake import Lake

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def _from_here(request: Request) -> bool:
    """Whether somebody on this machine asks, and no proxy for somebody else."""
    client = request.client.host if request.client else ""
    here = client in LOOPBACK and request.url.hostname in LOOPBACK
    return here and not any(name in request.headers for name in _FORWARDED)


async def metrics(request: Request) -> Response:
    """The counters where TONGBAO_METRICS=1 and the monitor is on this machine; else 404."""
    if not (metrics_shown() and _from_here(request)):
        return PlainTextResponse("没有这个地址。", 404)
    RELEASES.set(len(await anyio.to_thread.run_sync(Lake(lake_dir()).releases)))
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
