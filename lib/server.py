"""The web server's side: what happens at start and stop."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio

from lib import logs
from lib.seed import ensure_seeded
from lib.selection import Selection
from lib.settings import lake_dir
from lib.store.errors import DamagedError
from lib.store.integrity import all_damage
from lib.store.lake import Lake


def _prepare() -> str:
    """Make sure there is a release, and have its pages' answers ready before anyone asks.

    Every released file is read and compared with its hash; what is damaged is in the log, and pages
    show the newest whole release, or where there is none, what to do.
    """
    from lib.charts import spec
    from lib.insight.overview import overview
    from lib.views.centers import centers
    from lib.views.staff import staff
    from lib.views.warnings import warnings

    try:
        release = ensure_seeded()
    except DamagedError as error:
        logs.log.error("damaged", said=str(error))
        return "none"
    for damage in all_damage(Lake(lake_dir()), rows=False):
        logs.log.error("damaged", said=str(damage))
    for period in release.periods:
        selection = Selection(release.id, period)
        overview(selection)
        for view in (centers(selection), warnings(selection), staff(selection)):
            for dark in (False, True):
                spec(view.chart, dark, view.options)
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
    logs.adopt()
    release_id = await anyio.to_thread.run_sync(_prepare)
    _send_at_once()
    # Streamlit collects garbage after every run; what start-up made stays, so it need not be searched.
    gc.collect()
    gc.freeze()
    logs.log.info("ready", release=release_id)
    yield {"ready": True}
    logs.log.info("stopped")
