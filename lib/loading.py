"""The app is loaded beside a server that answers already: what needs it waits until it is there.

Importing what the pages need takes several times as long as starting to listen; a browser that was
quick fetches its scripts meanwhile. A process that never begins to load has nothing to wait for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import anyio

from lib.logs import failed

Step = Callable[[], object]


class _Loading:
    """Steps in a thread of their own: those that pages wait for, then those nobody waits for."""

    def __init__(self, first: Sequence[Step], later: Sequence[Step]) -> None:
        self.over = asyncio.Event()
        self._steps = ((first, asyncio.get_running_loop()), (later, None))
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        for steps, waiting in self._steps:
            try:
                for step in steps:
                    if self._stopped.is_set():
                        return
                    step()
            except Exception as error:  # pages say themselves what they lack
                failed("not loaded", error)
            if waiting:
                waiting.call_soon_threadsafe(self.over.set)

    def stop(self) -> None:
        """Begin no further step; back when the one under way has ended."""
        self._stopped.set()
        self._thread.join()


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
