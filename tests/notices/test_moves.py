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
from lib.notices.moves import Judged, due, moved
from lib.notices.record import END_OF, Known, Record, from_json, to_json
from tests.notices.scene import NOW, record

AGAIN = dt.timedelta(days=7)
RULE, SUBJECTS = "overdue_department", ("education", "health")
PERIODS = ("2022H1", "2022H2", "2023H1")
CHANNELS = ("wecom", "mail")
Standing = Literal["成立", "不成立", "不能判断"]


def judgement(subject: str, standing: Standing, period: str = "2022H1") -> Judgement:
    return Judgement(RULE, subject, period, standing, f"{subject} {standing}。", "1件")


def after(
    records: Sequence[Record], judged: Sequence[Judgement], at: dt.datetime,
    periods: Sequence[str] = (),
) -> list[Record]:  # fmt: skip
    """All records once they followed what was judged; the live release holds what is named, at least."""
    named = {one.period for one in (*records, *judged)}
    live = Judged("R0002", tuple(periods or sorted(named) or ["2022H1"]), tuple(judged))
    held = {one.key: one for one in records}
    return list((held | {one.key: one for one in moved(records, live, at)}).values())


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
        [open_] = after([held], judged, NOW)
        assert open_ == replace(held, stands=False), "missing, or open by its wording"


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
    [missing] = after([old], [], NOW, PERIODS)
    assert missing.is_open, "missing in the newer period is no recovery"


def test_a_record_of_an_older_period_is_judged_by_that_period_where_the_newer_does_not_say() -> (
    None
):
    old = record(severity="关注").delivered("wecom", "新增", NOW)
    for newer in ([], [judgement("education", "不能判断", "2022H2")]):
        [mended] = after(
            [old], [judgement("education", "不成立"), *newer], NOW + AGAIN, PERIODS[:2]
        )
        assert (mended.ended, mended.last) == ("恢复", "education 不成立。")
        [on] = after([old], [judgement("education", "成立"), *newer], NOW + AGAIN, PERIODS[:2])
        assert (on.sentence, due(on, "wecom", NOW + AGAIN, AGAIN)) == ("education 成立。", "仍在")
    both = [judgement("education", "成立"), judgement("education", "不成立", "2022H2")]
    [over] = after([old], both, NOW + AGAIN)
    assert (over.ended, over.last) == ("恢复", "2022年下半年，education 不成立。")


def test_what_holds_in_an_older_period_only_begins_nothing() -> None:
    assert after([], [judgement("education", "成立")], NOW, PERIODS[:2]) == []


def test_what_cannot_be_judged_any_more_is_not_told_again_until_it_can() -> None:
    told = record().delivered("wecom", "新增", NOW)
    for judged in ([], [judgement("education", "不能判断")]):
        [open_] = after([told], judged, NOW + AGAIN * 2)
        assert open_.is_open
        assert [due(open_, name, NOW + AGAIN * 2, AGAIN) for name in CHANNELS] == [None, None]
    on = only([open_], judgement("education", "成立"))
    assert [due(on, name, NOW + AGAIN * 2, AGAIN) for name in CHANNELS] == ["仍在", "新增"]


def test_a_period_that_is_withdrawn_ends_its_records_and_says_so_to_who_was_told() -> None:
    newer = record(period="2022H2").delivered("wecom", "新增", NOW)
    [gone] = after([newer], [], NOW + AGAIN, PERIODS[:1])
    assert (gone.ended, gone.ended_at) == ("数据已撤回", NOW + AGAIN)
    assert gone.last == "版本 R0002 没有2022年下半年的数据，这条提醒随之撤回。"
    assert [due(gone, name, NOW + AGAIN, AGAIN) for name in CHANNELS] == ["撤回", None]
    assert due(gone.delivered("wecom", "撤回", NOW), "wecom", NOW + AGAIN, AGAIN) is None
    back = only([gone], judgement("education", "成立", "2022H2"))
    assert (back.since, due(back, "wecom", NOW + AGAIN, AGAIN)) == (NOW + AGAIN, "新增")


def test_after_a_rollback_of_a_period_the_older_record_goes_on_as_it_was() -> None:
    old = replace(record().delivered("wecom", "新增", NOW), figure="1件", known=Known("复核", NOW))
    both = after([old], [judgement("education", "成立", "2022H2")], NOW + AGAIN)
    back = after(both, [judgement("education", "成立")], NOW + AGAIN, PERIODS[:1])
    assert [(one.period, one.ended) for one in back] == [("2022H1", ""), ("2022H2", "数据已撤回")]
    assert (back[0].since, back[0].known, back[0].told) == (NOW, old.known, old.told)
    assert [due(one, "wecom", NOW + AGAIN, AGAIN) for one in back] == [None, None]


@pytest.mark.parametrize(
    ("rule", "was", "now", "still_known"),
    [
        ("overdue_department", "1件", "1件", True),
        ("overdue_department", "3件", "2件", True),
        ("overdue_department", "9件", "10件", False),
        ("overdue_department", "3件", "约3件", False),
        ("power_claim_low", "65%", "66.5%", True),
        ("power_claim_low", "65%", "64.5%", False),
        ("power_claim_low", "低于70%", "低于60%", False),
        ("mobile_rank_down", "第5", "第6", False),
        ("mobile_rank_down", "第6", "第5", True),
        ("stale", "185天", "186天", True),
        ("broken", "200个", "200个", False),
    ],
)
def test_who_knew_does_not_know_of_a_figure_that_got_worse(
    rule: str, was: str, now: str, still_known: bool
) -> None:
    held = record(rule=rule, figure=was, known=Known("复核", NOW))
    [on] = after([held], [Judgement(rule, "education", "2022H1", "成立", "另一句。", now)], NOW)
    assert (on.known == held.known) is still_known


def test_where_it_leads_once_it_is_over_is_of_the_release_that_ended_it() -> None:
    ended = only([record()], judgement("education", "不成立"))
    assert ended.address == "warnings?release=R0002&period=2022H1"
    assert ended.release == "R0002"


def test_what_was_made_up_or_ended_by_made_up_figures_is_marked() -> None:
    for was, ends in ((True, False), (False, True)):
        over = replace(judgement("education", "不成立"), made_up=ends)
        assert only([record(made_up=was)], over).made_up


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
    assert due(known, "mail", NOW + AGAIN * 3, AGAIN) is None, "nor one that never heard of it"
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
        to_json(replace(record(), severity="关键")),  # type: ignore[arg-type]
        b"", b"{}", b"[1]", b"\xff", to_json(record())[:-9],
        to_json(record()).replace(b"+00:00", b""), to_json(record()).replace(b'"told": {}', b'"told": 3'),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(broken: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        from_json(broken)


# Any history: what is judged (or not) of two subjects in the newest period and in the older ones, a period
# more or one withdrawn, how much later, which channels answer, and whether somebody says that they know.
STANDINGS = st.tuples(*(st.sampled_from(["成立", "不成立", "不能判断", ""]) for _ in SUBJECTS))
STEP = st.tuples(
    STANDINGS,
    STANDINGS,
    st.integers(-1, 1),
    st.sampled_from([0, 1, 7 * 24]),
    st.tuples(*(st.booleans() for _ in CHANNELS)),
    st.booleans(),
)


def judgements(period: str, standings: Sequence[Standing | Literal[""]]) -> list[Judgement]:
    found = zip(SUBJECTS, standings, strict=True)
    return [judgement(subject, standing, period) for subject, standing in found if standing]


def open_after(before: Record | None, newest: str, older: str, held: Sequence[str]) -> set[str]:
    """The periods a subject's record may be open of, by that of the one which was."""
    if newest == "成立":
        return {held[-1]}
    if before is None or newest == "不成立" or before.period not in held:
        return set()
    return set() if before.period != held[-1] and older == "不成立" else {before.period}


@given(st.lists(STEP, max_size=14))
def test_no_history_tells_anything_twice_or_takes_silence_for_recovery(steps: list) -> None:
    records: list[Record] = []
    now, newest = NOW, 0
    lives: dict[str, int] = {}
    heard: dict[tuple[str, str, int], list[tuple[str, dt.datetime]]] = {}
    for standings, olders, onward, hours, answering, knows in steps:
        now += dt.timedelta(hours=hours)
        newest = min(max(newest + onward, 0), len(PERIODS) - 1)
        *past, period = held = PERIODS[: newest + 1]
        judged = judgements(period, standings) + [
            one for older in past for one in judgements(older, olders)
        ]
        before = {one.key: one for one in records}
        records = after(records, judged, now, held)
        for subject, standing, older in zip(SUBJECTS, standings, olders, strict=True):
            stood = [one for one in before.values() if one.subject == subject and one.is_open]
            stands = [one for one in records if one.subject == subject and one.is_open]
            assert len(stands) <= 1
            expected = open_after(stood[0] if stood else None, standing, older, held)
            assert {one.period for one in stands} == expected
        assert after(records, judged, now, held) == records, "judged again, nothing moves"
        for one in records:
            was = before.get(one.key)
            if one.is_open and (was is None or was.ended in END_OF):
                lives[one.key] = lives.get(one.key, 0) + 1
        if knows:
            records = [
                replace(one, known=Known("复核", now)) if one.is_open else one for one in records
            ]
        for channel, answers in zip(CHANNELS, answering, strict=True):
            for place, one in enumerate(records):
                if what := due(one, channel, now, AGAIN):
                    assert not one.is_open or (one.stands and not one.known)
                    tried = one.tried(channel, now, dt.timedelta(minutes=5))
                    if answers:
                        life = (channel, one.key, lives[one.key])
                        heard.setdefault(life, []).append((what, now))
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
        assert not {"恢复", "撤回"} & {*words[:-1]}, "nothing follows the end"
        moments = [at for what, at in told if what in ("新增", "仍在")]
        assert all(b - a >= AGAIN for a, b in pairwise(moments))
