"""The app is loaded beside a server that answers already: what needs it waits until it is there.

Importing what the pages need takes several times as long as starting to listen; a browser that was
quick fetches its scripts meanwhile. A process that never begins to load has nothing to wait for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import anyio

from lib.logs import failed

Step = Callable[[], object]
_PATIENCE = 5  # seconds at a stop for the step under way, which may be waiting for a writer
_REST = 5  # seconds in which those who waited have the processor to themselves


class _Loading:
    """Steps in a thread of their own: those that pages wait for, then those nobody waits for."""

    def __init__(self, first: Sequence[Step], later: Sequence[Step]) -> None:
        self.over = asyncio.Event()
        self._first, self._later = first, later
        self._loop = asyncio.get_running_loop()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._take(self._first)
        if not self._stopped.is_set():
            self._loop.call_soon_threadsafe(self.over.set)
        self._stopped.wait(_REST)
        self._take(self._later)

    def _take(self, steps: Sequence[Step]) -> None:
        try:
            for step in steps:
                if self._stopped.is_set():
                    return
                step()
        except Exception as error:  # pages say themselves what they lack
            failed("not loaded", error)

    def stop(self) -> None:
        """Begin no further step; back when the one under way has ended, or takes too long.

        A publish that is cut off leaves nothing visible; the next start cleans up after it.
        """
        self._stopped.set()
        self._thread.join(_PATIENCE)


_current: _Loading | None = None


@asynccontextmanager
async def loading(first: Sequence[Step], later: Sequence[Step]) -> AsyncIterator[None]:
    """Load in a thread for as long as the block runs; what is left at its end is not begun.

    first: what `loaded` waits for;  later: what comes after that
    """
    global _current
    _current = _Loading(first, later)
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(_current.stop)
        _current = None


def is_loaded() -> bool:
    """Whether there is nothing to wait for."""
    return _current is None or _current.over.is_set()


async def loaded() -> None:
    """Back once the app is loaded, or could not be."""
    if _current is not None:
        await _current.over.wait()


async def once_loaded(place: str) -> Any:
    """What has a name ("lib.routes.files:table_file"), imported in a thread once the app is loaded."""
    await loaded()
    module, _, name = place.partition(":")
    return getattr(await anyio.to_thread.run_sync(import_module, module), name)
