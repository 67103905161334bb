"""The web server's side: what happens at start and stop."""

from __future__ import annotations

import gc
import os
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from lib import logs
from lib.loading import loading
from lib.settings import lake_dir

_LEAST = 19  # of Unix's niceness: whoever waits for a page goes first


def load_code() -> None:
    """Import what pages, and the guards before them, are made of."""
    from lib import widgets  # noqa: F401
    from lib.routes import pinning, uploads, visitor  # noqa: F401


def load_release() -> None:
    """Make sure there is a release; where all there were are damaged, pages say what to do."""
    from lib.seed import ensure_seeded
    from lib.store.errors import DamagedError

    try:
        ensure_seeded()
    except DamagedError as error:
        logs.log.error("damaged", said=str(error))


def load_answers() -> None:
    """Have the answers of the first pages ready before anyone asks, and say that they are."""
    from lib.charts import spec
    from lib.insight.overview import overview
    from lib.selection import Selection
    from lib.store.lake import Lake
    from lib.views.centers import centers
    from lib.views.staff import staff
    from lib.views.warnings import warnings

    release = Lake(lake_dir()).live()
    shown = [Selection(release.id, period) for period in release.periods] if release else []
    for selection in shown:
        overview(selection)
        for view in (centers(selection), warnings(selection), staff(selection)):
            for dark in (False, True):
                spec(view.chart, dark, view.options)
    # Streamlit collects garbage after every run; what start-up made stays, so it need not be searched.
    gc.freeze()
    logs.log.info("ready", release=release.id if release else "none")


def check_files() -> None:
    """Read every released file and compare it with its hash; what is damaged is in the log."""
    from lib.store.integrity import all_damage
    from lib.store.lake import Lake

    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST)  # of this thread
    for damage in all_damage(Lake(lake_dir()), rows=False):
        logs.log.error("damaged", said=str(damage))


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
    """Answer at once, load meanwhile: the code, a release (seeded at first start), first answers."""
    logs.adopt()
    _send_at_once()
    async with loading((load_code, load_release, load_answers), (check_files,)):
        yield {"ready": True}
    logs.log.info("stopped")
