"""The web server's side: what happens at start and stop."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from lib import logs, memory
from lib.loading import loading
from lib.notices.watch import Watch
from lib.runtime.replies import keep_replies
from lib.settings import lake_dir

if TYPE_CHECKING:
    from lib.selection import Selection


def load_code() -> None:
    """Import what pages, and the guards before them, are made of."""
    with memory.kept():
        from lib import widgets  # noqa: F401
        from lib.guards import pinning, uploads, visitor  # noqa: F401
    memory.share_one_pool()


def load_release() -> None:
    """Make sure there is a release; where all there were are damaged, pages say what to do."""
    from lib.seed import ensure_seeded
    from lib.store.errors import DamagedError

    try:
        ensure_seeded()
    except DamagedError as error:
        logs.log.error("damaged", said=str(error))


def clean_up() -> None:
    """Remove what crashed publishes left behind; a publish under way is waited for."""
    from lib.seed import clean_up as clean

    clean()


def load_figures() -> None:
    """Have the answers of the first page ready before anyone asks, and say that they are."""
    from lib.insight.overview import overview

    shown = _shown()
    with memory.kept():
        for selection in shown:
            overview(selection)
    logs.log.info("ready", release=shown[0].release_id if shown else "none")


def load_charts() -> None:
    """Have the charts of the pages asked for most drawn, on either ground."""
    from lib.charts import spec
    from lib.views.centers import centers
    from lib.views.staff import staff
    from lib.views.warnings import warnings

    for selection in _shown():
        for view in (centers(selection), warnings(selection), staff(selection)):
            for dark in (False, True):
                spec(view.chart, dark, view.options)


def _shown() -> list[Selection]:
    """All of the live release, by its periods."""
    from lib.selection import Selection
    from lib.store.lake import Lake

    release = Lake(lake_dir()).live()
    return [Selection(release.id, period) for period in release.periods] if release else []


def check_files() -> None:
    """Read every released file and compare it with its hash; what is damaged is in the log.

    At no lower priority: where others want the processor, pages would wait for a thread that has
    Python's lock and is not let run.
    """
    from lib.store.integrity import all_damage
    from lib.store.lake import Lake

    for damage in all_damage(Lake(lake_dir()), rows=False):
        logs.log.error("damaged", said=str(damage))


def newest_release() -> str:
    """The id of the newest release; "" where there is none."""
    from lib.store.lake import Lake

    releases = Lake(lake_dir()).releases()
    return releases[0].id if releases else ""


def tell_notices(pause: Callable[[float], object]) -> bool:
    """Judge what is live, and tell of it whoever is set to be told; whether all went well."""
    from lib.notices.round import run_round

    problems = run_round(pause=pause).problems
    for problem in problems:
        logs.log.warning("notices not told", said=problem)
    return not problems


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
    """Answer at once, load meanwhile: the code, a release (seeded at first start), its figures."""
    memory.keep_little()
    notices = Watch(newest_release, tell_notices)
    logs.adopt()
    _send_at_once()
    keep_replies()
    async with loading(
        (load_code, load_release, load_figures),
        (notices.start, load_charts, clean_up, check_files),
    ):
        try:
            yield {"ready": True}
        finally:
            await asyncio.to_thread(notices.stop)
    logs.log.info("stopped")
