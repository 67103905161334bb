"""One notice's life: from the day it began to hold to the day it ended, and who was told."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from lib.catalog.notices import SEVERITIES, Severity

# What a channel is told: that it began, that it goes on, that it is over, that its figures are gone.
Told = Literal["新增", "仍在", "恢复", "撤回"]
Ended = Literal["", "恢复", "数据已撤回", "转入下一期", "规则取消"]
END_OF: dict[Ended, Told] = {"恢复": "恢复", "数据已撤回": "撤回"}  # the ends that are told
INTERRUPTED = "投递时中断，不知道对方收到没有"


@dataclass(frozen=True)
class Delivered:
    """The last thing a channel was told, and when (UTC); remark: who of it was not, "" where all were."""

    what: Told
    at: dt.datetime
    remark: str = ""


@dataclass(frozen=True)
class Trouble:
    """Why the last delivery failed and when; how many did in a row; when the next may be tried (UTC)."""

    why: str
    at: dt.datetime
    tries: int
    again_at: dt.datetime


@dataclass(frozen=True)
class Known:
    """When a role said that it knows (UTC)."""

    by: str
    at: dt.datetime


@dataclass(frozen=True)
class Record:
    """A notice of one rule, subject and period.

    title, severity, sentence, figure, made_up, places, address: as when it was last judged; `address` is
             relative to the app's
    release: the release it was last judged in;  since, ended_at: UTC
    stands:  whether its rule was found to hold when it was last looked at; else that could not be judged
    ended:   why it is over, "" while it is not;  last: the sentence it ended with
    told, trouble: channel id > what it was told last, and what went wrong since
    """

    rule: str
    subject: str
    period: str
    title: str
    severity: Severity
    sentence: str
    figure: str
    release: str
    since: dt.datetime
    address: str = ""
    made_up: bool = False
    places: tuple[str, ...] = ()
    stands: bool = True
    ended: Ended = ""
    ended_at: dt.datetime | None = None
    last: str = ""
    known: Known | None = None
    told: dict[str, Delivered] = field(default_factory=dict)
    trouble: dict[str, Trouble] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """As `Judgement.key`."""
        return f"{self.rule}~{self.subject}~{self.period}"

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return not self.ended

    def delivered(self, channel: str, what: Told, at: dt.datetime, remark: str = "") -> Record:
        """The record once a channel was told; of an end that is none any more, nothing is noted."""
        if what in END_OF.values() and self.is_open:
            return self
        rest = {name: found for name, found in self.trouble.items() if name != channel}
        return replace(self, told=self.told | {channel: Delivered(what, at, remark)}, trouble=rest)

    def tried(self, channel: str, at: dt.datetime, wait: dt.timedelta) -> Record:
        """The record before a channel is told: what is left of it if this process ends meanwhile."""
        held = self.trouble.get(channel)
        trouble = Trouble(INTERRUPTED, at, (held.tries if held else 0) + 1, at + wait)
        return replace(self, trouble=self.trouble | {channel: trouble})

    def failed(self, channel: str, why: str) -> Record:
        """The record once a try has failed."""
        held = self.trouble.get(channel)
        if held is None:  # it has begun anew meanwhile
            return self
        return replace(self, trouble=self.trouble | {channel: replace(held, why=why)})


def to_json(record: Record) -> bytes:
    """A record as it is kept."""
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, default=_text).encode()


def from_json(content: bytes) -> Record:
    """A kept record. Raises ValueError, KeyError or TypeError where it is none."""
    values = json.loads(content)
    known = {f.name: values[f.name] for f in fields(Record) if f.name in values}
    if known["severity"] not in SEVERITIES:
        raise ValueError("no severity")
    known["since"], known["places"] = _time(known["since"]), tuple(known["places"])
    known["ended_at"] = _time(known["ended_at"]) if known.get("ended_at") else None
    known["known"] = Known(**_timed(known["known"])) if known.get("known") else None
    known["told"] = {name: Delivered(**_timed(one)) for name, one in known["told"].items()}
    known["trouble"] = {name: Trouble(**_timed(one)) for name, one in known["trouble"].items()}
    return Record(**known)


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} is not kept")


def _time(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without a zone")
    return found


def _timed(values: dict[str, Any]) -> dict[str, Any]:
    return {k: _time(v) if k in ("at", "again_at") else v for k, v in values.items()}
