"""The thread beside a server that keeps notices up to date, and is in nobody's way.

It looks for another newest release every few seconds, so that a publish or a rollback is noticed whoever
made it: a page, the command line, another replica. What is due by the clock alone is looked for now and
then: a release that got old, a notice to tell again, a delivery to try again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from lib.logs import failed

_LOOK = 15.0  # seconds; also before the first round, while the first pages are asked for
_REST = 600.0  # seconds between rounds where nothing was published
_SOON = 60.0  # seconds until a round that did not go well is made again
_PATIENCE = 1.0  # seconds at a stop


class Watch:
    """Rounds in a daemon thread, until it is stopped.

    newest: the id of the newest release
    act:    one round, given how to pause in it, which is true where it is time to stop; whether all went well
    """

    def __init__(
        self,
        newest: Callable[[], str],
        act: Callable[[Callable[[float], bool]], bool],
        look: float = _LOOK,
        soon: float = _SOON,
    ) -> None:
        self._newest, self._act, self._look, self._soon = newest, act, look, soon
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> None:
        """Begin; back at once."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no further round; back when the one under way has ended, or takes too long."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        seen, rested = "", 0.0
        while not self._stopped.wait(self._look):
            try:
                newest = self._newest()
                if newest != seen or time.monotonic() >= rested:
                    seen, rested = newest, time.monotonic() + self._soon
                    if self._act(self._stopped.wait):
                        rested = time.monotonic() + _REST
            except Exception as error:  # the next round may go right
                failed("notices", error)
