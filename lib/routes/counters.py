"""Counters for a monitor on this machine, in Prometheus's text format."""

from __future__ import annotations

import anyio
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lib.access.ways import asked_from_here
from lib.counters import RELEASES
from lib.settings import LOOPBACK, lake_dir, metrics_shown
from lib.store.lake import Lake


def _by_this_machine(request: Request) -> bool:
    """Whether this machine asks, and by a name of its own: no page from elsewhere in its browser."""
    client = request.client.host if request.client else ""
    return request.url.hostname in LOOPBACK and asked_from_here(client, request.headers)


async def counters(request: Request) -> Response:
    """The counters where TONGBAO_METRICS=1 and the monitor is on this machine; else 404."""
    if not (metrics_shown() and _by_this_machine(request)):
        return PlainTextResponse("没有这个地址。", 404)
    RELEASES.set(len(await anyio.to_thread.run_sync(Lake(lake_dir()).releases)))
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
