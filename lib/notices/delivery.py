"""Telling the channels what is due, and keeping what became of it. Nothing here raises for a channel.

Every try is noted before it is made, so that where nothing can be written nothing is sent either, and
again as soon as it was taken. A message can only come twice where the answer is lost, or this process
ended before it came: a notice that is lost would be worse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import methodcaller

from lib.clock import CHINA
from lib.logs import failed, log
from lib.notices.channels import Channel
from lib.notices.folder import BusyError, Folder
from lib.notices.message import Item, Message, item_of, messages
from lib.notices.moves import due
from lib.notices.posting import DeliveryError
from lib.notices.record import Record, Told
from lib.settings.notices import Endpoints

Clock = Callable[[], dt.datetime]
Pause = Callable[[float], object]  # of seconds; true where it is time to stop
PAUSES = (1.0, 4.0)  # seconds before a second and a third try
_NOTE_PAUSES = (0.2, 1.0)  # seconds before an outcome is noted again
_FIRST_WAIT, _LONGEST_WAIT = dt.timedelta(minutes=5), dt.timedelta(hours=6)


@dataclass(frozen=True)
class Outcome:
    """What became of it.

    told: how many notices were delivered, each channel counted;  problems: channel's name and reason
    """

    told: int = 0
    problems: tuple[str, ...] = ()


def waiting(
    records: Sequence[Record], channel: Channel, now: dt.datetime, again: dt.timedelta
) -> list[tuple[Record, Told]]:
    """What a channel is to be told now."""
    found = ((record, due(record, channel.id, now, again)) for record in records)
    return [(record, what) for record, what in found if what]


def stuck(
    records: Sequence[Record], channels: Sequence[Channel], now: dt.datetime, again: dt.timedelta
) -> tuple[str, ...]:
    """What waits for another try after one that failed, a sentence's part for each channel."""
    found = []
    for channel in channels:
        held = [(one, one.trouble[channel.id]) for one in records if channel.id in one.trouble]
        left = [t for one, t in held if due(one, channel.id, max(now, t.again_at), again)]
        if left:
            soon = min(trouble.again_at for trouble in left).astimezone(CHINA)
            found.append(
                f"{channel.name}：{len(left)}项还没有送到（{left[0].why}），{soon:%m-%d %H:%M} 以后再试"
            )
    return tuple(found)


def deliver(
    folder: Folder, channels: Sequence[Channel], endpoints: Endpoints, clock: Clock, pause: Pause,
    pauses: Sequence[float] = PAUSES,
) -> Outcome:  # fmt: skip
    """Tell every channel what is due, where nobody else does. Raises BusyError, OSError."""
    now, records = clock(), folder.all()
    if not any(waiting(records, channel, now, endpoints.again) for channel in channels):
        return Outcome()
    told, problems = 0, list[str]()
    with folder.delivering():
        for channel in channels:  # what is due is looked up anew: it may have been done meanwhile
            held = waiting(folder.all(), channel, clock(), endpoints.again)
            items = [item_of(record, what, clock(), endpoints.link) for record, what in held]
            count, why = _Sender(folder, channel, clock, pause, pauses).all(items, endpoints.link)
            told += count
            problems += [f"{channel.name}：{reason}" for reason in why]
    return Outcome(told, tuple(problems))


@dataclass(frozen=True)
class _Sender:
    """One channel, and how patient we are with it."""

    folder: Folder
    channel: Channel
    clock: Clock
    pause: Pause
    pauses: Sequence[float]

    def all(self, items: Sequence[Item], base: str) -> tuple[int, list[str]]:
        """How many items were delivered, and why others were not, each reason once."""
        told, reasons = 0, dict[str, None]()
        queue = messages(items, base, self.channel.most, self.channel.text)
        for number, message in enumerate(queue):
            if self.pause(0):
                break
            self._note_try(message.items)
            error = self._sent(message)
            if isinstance(error, str):
                reasons |= dict.fromkeys(self._note_delivery(message, error))
                told += len(message.items)
                continue
            reasons[str(error)] = None
            self._note_failure(message.items, str(error))
            if error.passing:  # where nobody answers, nobody will for the rest
                rest = [item for one in queue[number + 1 :] for item in one.items]
                self._note_try(rest)
                self._note_failure(rest, str(error))
                break
        return told, list(reasons)

    def _sent(self, message: Message) -> DeliveryError | str:
        """What the channel says once it took the message, else why the last try failed."""
        for wait in (*self.pauses, None):
            try:
                return self.channel.send(message)
            except DeliveryError as error:
                if wait is None or not error.passing or self.pause(wait):
                    return error
            except Exception as error:  # ours: it must not keep other channels from being told
                return DeliveryError(f"内部错误，错误编号 {failed('notice not delivered', error)}")
        raise AssertionError("the last try returns")

    def _note_delivery(self, message: Message, remark: str) -> list[str]:
        log.info("notices delivered", channel=self.channel.id, notices=len(message.items))
        now = self.clock()
        return self._noted(
            (item.record.key, methodcaller("delivered", self.channel.id, item.what, now, remark))
            for item in message.items
        )

    def _noted(self, changes: Iterable[tuple[str, Callable[[Record], Record]]]) -> list[str]:
        """Change records by what became of a message, with patience; why some were not, which is no end."""
        left = list(changes)
        for wait in (*_NOTE_PAUSES, None):
            try:
                while left:
                    self.folder.update(*left[0])
                    del left[0]
            except (OSError, BusyError) as error:
                if wait is None or self.pause(wait):
                    return [f"投递结果没有记下，错误编号 {failed('notices not noted', error)}"]
        return []

    def _note_try(self, items: Sequence[Item]) -> None:
        now = self.clock()
        for item in items:
            self.folder.update(item.record.key, lambda record: self._tried(record, now))

    def _note_failure(self, items: Sequence[Item], why: str) -> None:
        log.warning("notices not delivered", channel=self.channel.id, notices=len(items), why=why)
        note = methodcaller("failed", self.channel.id, why)
        self._noted((item.record.key, note) for item in items)

    def _tried(self, record: Record, now: dt.datetime) -> Record:
        held = record.trouble.get(self.channel.id)
        wait = min(_FIRST_WAIT * 2 ** min(held.tries if held else 0, 10), _LONGEST_WAIT)
        return record.tried(self.channel.id, now, wait)
