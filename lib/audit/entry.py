"""One line of the log: what it says, the line before it by hash, and its own hash."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from typing import Any

from lib.audit.words import Noted, Result
from lib.intake.words.privacy import without_numbers

_MOST = {"who": 60, "role": 30, "what": 300, "release": 40, "reason": 300}  # characters


@dataclass(frozen=True)
class Event:
    """What happened. who: a post or an account's label, never content;  reason: why not, if not"""

    action: str
    who: str
    what: str
    role: str = ""
    release: str = ""
    result: str = Result.DONE
    reason: str = ""

    def discreet(self) -> Event:
        """As it may be kept: short, whole characters only, private numbers taken out visibly."""
        return replace(
            self, **{name: _short(getattr(self, name), most) for name, most in _MOST.items()}
        )


@dataclass(frozen=True)
class Head:
    """Where a chain ends: how many lines there are, and the hash of the last."""

    count: int
    hash: str


START = Head(0, "0" * 64)


@dataclass(frozen=True)
class Entry:
    """A line. seq: from 1 without gaps;  at: ISO 8601, UTC+8;  prev: hash of the line before."""

    seq: int
    at: str
    event: Event
    prev: str
    hash: str

    @property
    def head(self) -> Head:
        """The end of the chain where this is its last line."""
        return Head(self.seq, self.hash)

    @property
    def day(self) -> dt.date:
        """The day in China."""
        return dt.datetime.fromisoformat(self.at).date()

    @property
    def shown_at(self) -> str:
        """For people: 2022-08-09 15:04:05, Beijing time."""
        return f"{dt.datetime.fromisoformat(self.at):%Y-%m-%d %H:%M:%S}"

    def line(self) -> bytes:
        """The line as it stands in the file, without its end; SHA-256 is over all before `hash`."""
        return (
            _body(self.seq, self.at, self.event, self.prev)[:-1]
            + f',"hash":"{self.hash}"}}'.encode()
        )


def entry_after(end: Head, at: dt.datetime, event: Event) -> Entry:
    """The line that follows the end of a chain."""
    seq, when = end.count + 1, at.isoformat(timespec="milliseconds")
    digest = sha256(_body(seq, when, event, end.hash)).hexdigest()
    return Entry(seq, when, event, end.hash, digest)


def parsed(line: bytes) -> Entry | None:
    """What a line says, whether it is as it was written or not; None where it is no such line."""
    try:
        values: dict[str, Any] = json.loads(line)
        told = {field.name: values.pop(field.name) for field in fields(Event)}
        made = Entry(
            values.pop("seq"),
            values.pop("at"),
            Event(**told),
            values.pop("prev"),
            values.pop("hash"),
        )
        dt.datetime.fromisoformat(made.at)
        made.line()  # half a character is never written
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    texts = (made.prev, made.hash, *told.values())
    sound = type(made.seq) is int and all(isinstance(text, str) for text in texts) and not values
    return made if sound else None


def intact(line: bytes) -> Entry | None:
    """The entry of a line that is, byte for byte, as it was written."""
    found = parsed(line)
    if found is None:
        return None
    digest = sha256(_body(found.seq, found.at, found.event, found.prev)).hexdigest()
    return found if found.hash == digest and found.line() == line else None


def resumed(what: str, result: str) -> Event:
    """What the log says of itself where it goes on."""
    return Event(Noted.RESUME, "操作日志", what, result=result)


def _body(seq: int, at: str, event: Event, prev: str) -> bytes:
    values = {"seq": seq, "at": at, **asdict(event), "prev": prev}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _short(text: str, most: int) -> str:
    clean = without_numbers(text.encode("utf-8", "replace").decode())
    return clean if len(clean) <= most else f"{clean[: most - 1]}…"
