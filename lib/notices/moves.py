"""How records follow what is judged, and what is due to be told. Pure: the clock is an argument.

One rule and subject has at most one open record. It ends where the rule is found not to hold; where a
newer period is judged and it holds there, too, the newer one takes over. What cannot be judged, or is
missing, changes nothing: that is no recovery.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lib.catalog.notices import NOTICE_BY_ID
from lib.insight.judgements import Judgement
from lib.notices.addresses import address_of
from lib.notices.record import Ended, Record, Told

SENTENCE = 200  # characters


def moved(
    records: Iterable[Record], judged: Sequence[Judgement], release: str, now: dt.datetime
) -> list[Record]:
    """The records that change, and those that begin; `judged` is of the release now live."""
    held = {record.key: record for record in records}
    found = {(one.rule, one.subject): one for one in judged}
    changed: dict[str, Record] = {}
    for record in held.values():
        if record.is_open:
            after = _followed(record, found.get((record.rule, record.subject)), release, now)
            if after != record:
                changed[record.key] = after
    for one in judged:
        before = changed.get(one.key) or held.get(one.key)
        if one.standing == "成立" and (before is None or not before.is_open):
            changed[one.key] = _begun(one, release, now)
    return list(changed.values())


def _begun(one: Judgement, release: str, now: dt.datetime) -> Record:
    return _as_judged(
        Record(one.rule, one.subject, one.period, "", "提示", "", "", release, since=now),
        one, release,
    )  # fmt: skip


def _as_judged(record: Record, one: Judgement, release: str) -> Record:
    return replace(
        record, title=one.title, severity=one.declared.severity, sentence=shortened(one.sentence),
        figure=one.figure, release=release, address=address_of(one, release), made_up=one.made_up,
        places=tuple(sorted(one.places)),
    )  # fmt: skip


def _followed(record: Record, one: Judgement | None, release: str, now: dt.datetime) -> Record:
    """An open record after its rule and subject were judged, or could not be."""
    if record.rule not in NOTICE_BY_ID:
        return _ended(record, "规则取消", "", now)
    if one is None or one.standing == "不能判断":
        return record
    if one.standing == "不成立":
        return replace(_ended(record, "恢复", one.sentence, now), release=release)
    if one.period != record.period:
        return _ended(record, "转入下一期", "", now)
    return _as_judged(record, one, release)


def _ended(record: Record, why: Ended, last: str, now: dt.datetime) -> Record:
    return replace(record, ended=why, ended_at=now, last=shortened(last))


def shortened(sentence: str) -> str:
    """A sentence of at most SENTENCE characters."""
    return sentence if len(sentence) <= SENTENCE else f"{sentence[: SENTENCE - 1]}…"


def due(record: Record, channel: str, now: dt.datetime, again: dt.timedelta) -> Told | None:
    """What a channel is to be told of a record now, if anything.

    That it began, once; that it goes on, every `again` until somebody knows of it; that it is over, once,
    where the channel was told that it began. After a failed delivery nothing until its time has come.
    """
    told, trouble = record.told.get(channel), record.trouble.get(channel)
    if trouble is not None and now < trouble.again_at:
        return None
    if record.is_open:
        if told is None:
            return "新增"
        return "仍在" if record.known is None and now - told.at >= again else None
    return "恢复" if record.ended == "恢复" and told is not None and told.what != "恢复" else None
