"""How records follow what is judged, and what is due to be told. Pure: the clock is an argument.

A record is open until it ends, and stands while its rule is found to hold. In a round an open record,
by what decides about it (the newest period where it was judged, else the record's own),

    its rule is gone               > ends as 规则取消, without a word
    the period is not live any more > ends as 数据已撤回, which is told
    found not to hold              > ends as 恢复, which is told
    found to hold in a newer period > ends as 转入下一期, without a word: the newer one is told
    found to hold in its own       > stands, with the figure as it is now
    nothing decides: missing, 约   > stays open and does not stand: not a word, and no recovery

What holds in the newest period and has no open record begins, so one rule and subject has at most one.
A record that had ended without a word goes on instead: a rollback tells nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from lib.catalog.notices import NOTICE_BY_ID
from lib.catalog.periods import period_label
from lib.insight.judgements import Judgement
from lib.notices.addresses import address_of
from lib.notices.record import END_OF, Ended, Record, Told
from lib.notices.worse import got_worse

SENTENCE = 200  # characters


@dataclass(frozen=True)
class Judged:
    """What the rules find in the live release, in its newest period and in those of open records.

    release: its id;  periods: those it holds, oldest first
    """

    release: str
    periods: tuple[str, ...]
    found: tuple[Judgement, ...]

    @property
    def holding(self) -> list[Judgement]:
        """What holds in the newest period."""
        newest = self.periods[-1]
        return [one for one in self.found if (one.standing, one.period) == ("成立", newest)]

    def deciding(self, record: Record) -> Judgement | None:
        """What decides about a record; None where nothing does."""
        keys = (replace(record, period=self.periods[-1]).key, record.key)
        judged = (self._by_key.get(key) for key in keys)
        return next((one for one in judged if one and one.standing != "不能判断"), None)

    @cached_property
    def _by_key(self) -> dict[str, Judgement]:
        return {one.key: one for one in self.found}


def moved(records: Iterable[Record], judged: Judged, now: dt.datetime) -> list[Record]:
    """The records that change, and those that begin."""
    held = {record.key: record for record in records}
    after = held | {key: _followed(one, judged, now) for key, one in held.items() if one.is_open}
    for one in judged.holding:
        before = after.get(one.key)
        if before is None or not before.is_open:
            after[one.key] = _as_judged(_begun(before, one, now), one, judged.release)
    return [record for key, record in after.items() if record != held.get(key)]


def _followed(record: Record, judged: Judged, now: dt.datetime) -> Record:
    """An open record after a round."""
    if record.rule not in NOTICE_BY_ID:
        return _ended(record, "规则取消", "", now)
    if record.period not in judged.periods:
        gone = f"版本 {judged.release} 没有{period_label(record.period)}的数据，这条提醒随之撤回。"
        return _ended(record, "数据已撤回", gone, now)
    one = judged.deciding(record)
    if one is None:
        return replace(record, stands=False)
    if one.standing == "不成立":
        return _recovered(record, one, judged.release, now)
    if one.period != record.period:
        return _ended(record, "转入下一期", "", now)
    return _as_judged(record, one, judged.release)


def _begun(before: Record | None, one: Judgement, now: dt.datetime) -> Record:
    """A record that begins, or goes on where nobody was told of its end."""
    if before is not None and before.ended not in END_OF:
        return replace(before, ended="", ended_at=None, last="")
    return Record(one.rule, one.subject, one.period, "", "提示", "", "", "", since=now)


def _as_judged(record: Record, one: Judgement, release: str) -> Record:
    """A record that stands; who knew of a better figure does not know of this one."""
    after = replace(
        record, title=one.title, severity=one.declared.severity, sentence=shortened(one.sentence),
        figure=one.figure, release=release, address=address_of(one, release), made_up=one.made_up,
        places=tuple(sorted(one.places)), stands=True,
    )  # fmt: skip
    return replace(after, known=None) if got_worse(record, after) else after


def _recovered(record: Record, one: Judgement, release: str, now: dt.datetime) -> Record:
    """A record that is over, as what ended it says and leads to."""
    newer = "" if one.period == record.period else f"{period_label(one.period)}，"
    return replace(
        _ended(record, "恢复", f"{newer}{one.sentence}", now),
        release=release, address=address_of(one, release), made_up=record.made_up or one.made_up,
    )  # fmt: skip


def _ended(record: Record, why: Ended, last: str, now: dt.datetime) -> Record:
    return replace(record, ended=why, ended_at=now, last=shortened(last))


def shortened(sentence: str) -> str:
    """A sentence of at most SENTENCE characters."""
    return sentence if len(sentence) <= SENTENCE else f"{sentence[: SENTENCE - 1]}…"


def due(record: Record, channel: str, now: dt.datetime, again: dt.timedelta) -> Told | None:
    """What a channel is to be told of a record now, if anything. After a failure nothing until its time."""
    trouble = record.trouble.get(channel)
    if trouble is not None and now < trouble.again_at:
        return None
    return _open_due(record, channel, now, again) if record.is_open else _end_due(record, channel)


def _open_due(record: Record, channel: str, now: dt.datetime, again: dt.timedelta) -> Told | None:
    """That it began, once; that it goes on, every `again`; neither where somebody knows, or it does not stand."""
    if record.known or not record.stands:
        return None
    told = record.told.get(channel)
    if told is None:
        return "新增"
    return "仍在" if now - told.at >= again else None


def _end_due(record: Record, channel: str) -> Told | None:
    """How it ended, once, where the channel was told that it began."""
    told, end = record.told.get(channel), END_OF.get(record.ended)
    return end if told and told.what != end else None
