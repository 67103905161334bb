"""One round: judge what is live, move the records, tell the channels what is due."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lib.insight.notices import judgements, staleness
from lib.notices.channels import channels
from lib.notices.delivery import PAUSES, Clock, Outcome, Pause, deliver, stuck
from lib.notices.folder import BusyError, Folder, notice_folder
from lib.notices.moves import Judged, moved
from lib.notices.record import Known, Record
from lib.settings import lake_dir, notice_endpoints
from lib.store.lake import Lake
from lib.store.release import Release


def utc_now() -> dt.datetime:
    """The time, UTC."""
    return dt.datetime.now(dt.UTC)


def judged(release: Release, records: Iterable[Record], now: dt.datetime) -> Judged:
    """What the rules find in a release: of its age, in its newest period and in those of open records."""
    newest = release.periods[-1]
    wanted = {newest, *(record.period for record in records if record.is_open)}
    found = [one for p in release.periods if p in wanted for one in judgements(release.id, p)]
    return Judged(release.id, tuple(release.periods), (staleness(release.id, now), *found))


def follow(folder: Folder, clock: Clock = utc_now) -> list[Record]:
    """Bring the records up to what is live; those that changed. Raises BusyError, OSError.

    Where the newest release is damaged nothing is judged: what is shown instead says nothing new.
    """

    def after(records: list[Record]) -> list[Record]:
        live = live_release()  # as it is by now, under the lock
        return moved(records, judged(live, records, clock()), clock()) if live else []

    live = live_release()
    if live is None:
        return []
    judged(live, folder.all(), clock())  # worked out before others have to wait; it is kept
    return folder.change(after)


def live_release() -> Release | None:
    """The release that records follow: the newest, where it is whole and holds a period."""
    lake = Lake(lake_dir())
    live = None if lake.fallback() else lake.live()
    return live if live and live.periods else None


def run_round(
    clock: Clock = utc_now,
    pause: Pause = time.sleep,
    pauses: Sequence[float] = PAUSES,
    patience: float | None = None,
) -> Outcome:
    """Follow what is live and deliver what is due. Raises OSError; that others are at it is an Outcome.

    patience: seconds to wait for another who is delivering
    """
    folder, endpoints = notice_folder(patience), notice_endpoints()
    try:
        follow(folder, clock)
        return deliver(folder, channels(endpoints), endpoints, clock, pause, pauses)
    except BusyError as busy:
        return Outcome(problems=(str(busy),))


def left_over(patience: float | None = None, clock: Clock = utc_now) -> tuple[str, ...]:
    """What set channels were not told and are to be told later, as `stuck`. Raises OSError."""
    folder, endpoints = notice_folder(patience), notice_endpoints()
    ways = channels(endpoints)
    if not stuck(folder.all(), ways, clock(), endpoints.again):
        return ()
    try:
        with folder.delivering():  # what another is about to deliver is not stuck
            return stuck(folder.all(), ways, clock(), endpoints.again)
    except BusyError as busy:
        return (str(busy),)


def acknowledge(folder: Folder, keys: Sequence[str], by: str, now: dt.datetime) -> list[Record]:
    """Note that a role knows of open notices, which are then not told again; those that are noted now.

    Raises BusyError, OSError.
    """

    def known(records: list[Record]) -> list[Record]:
        return [
            replace(record, known=Known(by, now))
            for record in records
            if record.key in keys and record.is_open and record.known is None
        ]

    return folder.change(known)
