"""A notice begins, goes on, is known, ends, begins again: whatever comes in whatever order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.insight.judgements import Judgement
from lib.notices.moves import due, moved
from lib.notices.record import Known, Record, from_json, to_json
from tests.notices.scene import NOW, record

AGAIN = dt.timedelta(days=7)
RULE, SUBJECTS = "overdue_department", ("education", "health")
PERIODS = ("2022H1", "2022H2", "2023H1")
CHANNELS = ("wecom", "mail")
Standing = Literal["成立", "不成立", "不能判断"]


def judgement(subject: str, standing: Standing, period: str = "2022H1") -> Judgement:
    return Judgement(RULE, subject, period, standing, f"{subject} {standing}。", "1件")


def after(records: Sequence[Record], judged: Sequence[Judgement], at: dt.datetime) -> list[Record]:
    """All records once they followed what was judged."""
    held = {one.key: one for one in records}
    return list((held | {one.key: one for one in moved(records, judged, "R0002", at)}).values())


def only(records: Sequence[Record], *judged: Judgement) -> Record:
    [found] = after(records, judged, NOW + AGAIN)
    return found


def test_what_holds_begins_and_what_begins_is_told_at_once() -> None:
    made = only([], judgement("education", "成立"))
    assert (made.key, made.is_open, made.since) == (
        "overdue_department~education~2022H1", True, NOW + AGAIN,
    )  # fmt: skip
    assert (made.severity, made.sentence, made.release) == ("关注", "education 成立。", "R0002")
    assert due(made, "wecom", made.since, AGAIN) == "新增"
    assert after([], [judgement("education", "不成立"), judgement("health", "不能判断")], NOW) == []


def test_only_what_is_found_not_to_hold_ends() -> None:
    held = record()
    ended = only([held], judgement("education", "不成立"))
    assert (ended.ended, ended.ended_at, ended.last) == ("恢复", NOW + AGAIN, "education 不成立。")
    assert ended.sentence == held.sentence
    for judged in ([], [judgement("education", "不能判断")], [judgement("health", "不成立")]):
        assert after([held], judged, NOW) == [held], "missing, or open by its wording"


def test_what_goes_on_keeps_its_beginning_and_takes_the_new_figure() -> None:
    held = record(told={}).delivered("wecom", "新增", NOW)
    on = only([held], replace(judgement("education", "成立"), sentence="现在是3件。", figure="3件"))
    assert (on.since, on.sentence, on.figure, on.told) == (NOW, "现在是3件。", "3件", held.told)


def test_a_newer_period_takes_over_without_a_word_of_recovery() -> None:
    old = record().delivered("wecom", "新增", NOW)
    both = after([old], [judgement("education", "成立", "2022H2")], NOW + AGAIN)
    assert [(one.period, one.ended) for one in both] == [("2022H1", "转入下一期"), ("2022H2", "")]
    assert [due(one, "wecom", NOW + AGAIN, AGAIN) for one in both] == [None, "新增"]
    gone = after([old], [judgement("education", "不成立", "2022H2")], NOW + AGAIN)
    assert [due(one, "wecom", NOW + AGAIN, AGAIN) for one in gone] == ["恢复"]
    assert after([old], [], NOW) == [old], "missing in the newer period is no recovery"


def test_what_returns_begins_anew() -> None:
    ended = only([record().delivered("wecom", "新增", NOW)], judgement("education", "不成立"))
    known = replace(ended, known=Known("复核", NOW))
    again = only([known], judgement("education", "成立"))
    assert (again.is_open, again.since, again.told, again.known) == (True, NOW + AGAIN, {}, None)


def test_a_rule_that_is_gone_ends_without_a_word() -> None:
    [ended] = after([record(rule="no_such_rule").delivered("wecom", "新增", NOW)], [], NOW)
    assert ended.ended == "规则取消"
    assert due(ended, "wecom", NOW + AGAIN * 9, AGAIN) is None


def test_it_is_told_again_until_somebody_knows_and_its_end_once() -> None:
    told = record().delivered("wecom", "新增", NOW)
    moments = [AGAIN - dt.timedelta(seconds=1), AGAIN, AGAIN * 3]
    assert [due(told, "wecom", NOW + span, AGAIN) for span in moments] == [None, "仍在", "仍在"]
    assert due(told, "mail", NOW, AGAIN) == "新增", "a channel that is set later"
    known = replace(told, known=Known("复核", NOW))
    assert due(known, "wecom", NOW + AGAIN * 3, AGAIN) is None
    ended = only([known], judgement("education", "不成立"))
    assert due(ended, "wecom", NOW + AGAIN, AGAIN) == "恢复"
    assert due(ended, "mail", NOW + AGAIN, AGAIN) is None, "it never heard of it"
    assert due(ended.delivered("wecom", "恢复", NOW), "wecom", NOW + AGAIN * 9, AGAIN) is None


def test_after_a_failure_there_is_a_wait() -> None:
    tried = record().tried("wecom", NOW, dt.timedelta(minutes=5))
    assert due(tried, "wecom", NOW + dt.timedelta(minutes=4), AGAIN) is None
    assert due(tried, "wecom", NOW + dt.timedelta(minutes=5), AGAIN) == "新增"
    assert due(tried, "mail", NOW, AGAIN) == "新增"
    assert "中断" in tried.trouble["wecom"].why, "as it is left where the process ends"
    failed = tried.failed("wecom", "没有答复")
    assert (failed.trouble["wecom"].why, failed.trouble["wecom"].tries) == ("没有答复", 1)
    assert failed.delivered("wecom", "新增", NOW).trouble == {}


def test_a_record_comes_back_as_it_was_kept() -> None:
    full = replace(
        record(places=("education",), made_up=True).delivered("mail", "仍在", NOW),
        known=Known("填报", NOW), ended="恢复", ended_at=NOW, last="没有了。",
    ).tried("wecom", NOW, AGAIN)  # fmt: skip
    assert from_json(to_json(full)) == full
    assert from_json(to_json(record())) == record()


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"{}", b"[1]", b"\xff", to_json(record())[:-9],
        to_json(record()).replace(b"+00:00", b""), to_json(record()).replace(b'"told": {}', b'"told": 3'),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(broken: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        from_json(broken)


# Any history: what is judged (or not) of two subjects, the period, how much later, which channels
# answer, and whether somebody says that they know.
STEP = st.tuples(
    st.tuples(*(st.sampled_from(["成立", "不成立", "不能判断", ""]) for _ in SUBJECTS)),
    st.integers(0, 1),
    st.sampled_from([0, 1, 7 * 24]),
    st.tuples(*(st.booleans() for _ in CHANNELS)),
    st.booleans(),
)


@given(st.lists(STEP, max_size=14))
def test_no_history_tells_anything_twice_or_takes_silence_for_recovery(steps: list) -> None:
    records: list[Record] = []
    now, newest = NOW, 0
    heard: dict[tuple[str, str, dt.datetime], list[tuple[str, dt.datetime]]] = {}
    for standings, onward, hours, answering, knows in steps:
        now += dt.timedelta(hours=hours)
        newest = min(newest + onward, len(PERIODS) - 1)
        period = PERIODS[newest]
        judged = [
            judgement(subject, standing, period)
            for subject, standing in zip(SUBJECTS, standings, strict=True)
            if standing
        ]
        before = {one.key: one for one in records}
        records = after(records, judged, now)
        for subject, standing in zip(SUBJECTS, standings, strict=True):
            stands = [one for one in records if one.subject == subject and one.is_open]
            assert len(stands) <= 1
            if standing == "成立":
                assert [one.period for one in stands] == [period]
            elif standing == "不成立":
                assert stands == []
            else:
                was = [one for one in before.values() if one.subject == subject and one.is_open]
                assert stands == was
        assert after(records, judged, now) == records, "judged again, nothing moves"
        if knows:
            records = [
                replace(one, known=Known("复核", now)) if one.is_open else one for one in records
            ]
        for channel, answers in zip(CHANNELS, answering, strict=True):
            for place, one in enumerate(records):
                if what := due(one, channel, now, AGAIN):
                    tried = one.tried(channel, now, dt.timedelta(minutes=5))
                    if answers:
                        heard.setdefault((channel, one.key, one.since), []).append((what, now))
                    records[place] = (
                        tried.delivered(channel, what, now)
                        if answers
                        else tried.failed(channel, "没有答复")
                    )
                    assert due(records[place], channel, now, AGAIN) is None, "not twice"
    for told in heard.values():
        words = [what for what, _ in told]
        assert words[0] == "新增"
        assert words.count("新增") == 1
        assert "恢复" not in words[:-1], "nothing follows the end"
        moments = [at for what, at in told if what != "恢复"]
        assert all(b - a >= AGAIN for a, b in pairwise(moments))
