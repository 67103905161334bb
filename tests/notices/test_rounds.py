"""Whole rounds over a real lake and a real robot: told once, again, and of its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.insight.notices import judgements
from lib.notices.folder import notice_folder
from lib.notices.round import acknowledge
from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.notices.scene import (
    Clock,
    publish,
    publish_period,
)
from tests.notices.told import HOLDING, go, listening

pytestmark = pytest.mark.usefixtures("own_data")


def test_a_notice_is_told_once_again_and_of_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        assert go(clock) == HOLDING
        assert go(clock) == 0
        clock.later(days=6)
        assert go(clock) == 0
        clock.later(days=1)
        assert go(clock) == HOLDING
        assert (len(there.lines("新增")), len(there.lines("仍在"))) == (HOLDING, HOLDING)

        noted = acknowledge(
            notice_folder(), ["overdue_city~city~2022H1", "no_such~one~2022H1"], "复核", clock.now
        )
        assert [(one.key, one.known and one.known.by) for one in noted] == [
            ("overdue_city~city~2022H1", "复核")
        ]
        assert acknowledge(notice_folder(), [noted[0].key], "管理", clock.now) == [], (
            "once is enough"
        )
        clock.later(days=7)
        assert go(clock) == HOLDING - 1

        publish("centers.csv", ("新北区,便民点,,35", "新北区,便民点,,34"))
        assert go(clock) == 1
        assert there.lines("恢复") == [
            "- **恢复｜关注** 数字对不上：便利站提升数：分区合计：一致。"
        ]
        assert go(clock) == 0
        publish("centers.csv")
        assert go(clock) == 1, "it does not add up again: that is new"
        assert len(there.lines("新增")) == HOLDING + 1


def test_what_is_not_set_is_kept_and_told_once_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    assert go(clock) == 0
    held = notice_folder().all()
    assert len(held) == HOLDING
    assert {one.since for one in held} == {clock.now}
    clock.later(days=30)
    with listening(monkeypatch) as there:
        assert go(clock) == HOLDING
        assert len(there.lines("新增")) == HOLDING


def test_what_goes_missing_is_no_recovery(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        go(clock)
        publish(
            "indicators.csv",
            (
                "2022H1,权力事项认领率,新北区,,70,低于,%,6月底,2022-06-30,三（二）权力事项认领,\n",
                "",
            ),
        )
        assert go(clock) == 0 or there.lines("恢复") == []
        kept = {one.key: one for one in notice_folder().all()}
        assert kept["power_claim_low~xinbei~2022H1"].is_open


def test_a_newer_period_is_told_of_and_made_up_figures_are_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        go(clock)
        older = len(there.texts)
        release = publish_period("2022H2")
        go(clock)
        fresh = there.texts[older:]
        assert all(text.startswith("**【演示数据】通报台提醒：") for text in fresh)
        new = [line for text in fresh for line in text.split("\n") if "**新增｜" in line]
        assert len(new) == sum(j.standing == "成立" for j in judgements(release.id, "2022H2"))
        assert [line for line in new if "【演示数据】" not in line] == []
        assert {one.period for one in notice_folder().all() if one.is_open} == {"2022H2"}


def test_nothing_is_judged_where_the_newest_release_is_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        publish("centers.csv", ("新北区,便民点,,35", "新北区,便民点,,34"))
        assert go(clock) == HOLDING - 1
        lake = Lake(lake_dir())
        live = lake.live()
        assert live is not None
        Path(lake.files(live)["centers"][0]).write_bytes(b"PAR1")
        assert lake.fallback() is not None
        assert go(clock) == 0, "the older release, shown instead, has what was mended"
        assert there.lines("恢复") == []


def test_a_rollback_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        publish(
            "warnings.csv", ("市教育局,31,1,", "市教育局,31,0,"), ("全市,140,23,", "全市,140,22,")
        )
        go(clock)
        assert "市教育局网办超期" not in "".join(there.texts)
        Lake(lake_dir()).rollback("R0001", by="测试", note="")
        older = len(there.texts)
        assert go(clock) == 2
        [text] = there.texts[older:]
        assert "**新增｜关注** 市教育局网办超期件数1件" in text
        assert "**恢复｜关注** 数字对不上：网办超期：部门名单与件数：一致。" in text


def test_a_period_that_is_rolled_back_is_withdrawn_and_the_one_before_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, city = Clock(), "overdue_city~city~2022H1"
    with listening(monkeypatch) as there:
        go(clock)
        acknowledge(notice_folder(), [city], "复核", clock.now)
        before = {one.key: one for one in notice_folder().all()}
        release = publish_period("2022H2")
        begun = go(clock) - len(there.lines("恢复"))
        clock.later(days=1)
        Lake(lake_dir()).rollback("R0001", by="测试", note="")
        older = len(there.texts)
        go(clock)
        told = "\n".join(there.texts[older:])
        assert told.count("**撤回｜") == begun
        assert told.count("【演示数据】") == begun + len(there.texts[older:])
        assert "版本 R0003 没有2022年下半年的数据，这条提醒随之撤回。" in told
        after = {one.key: one for one in notice_folder().all()}
        assert (after[city].since, after[city].known) == (before[city].since, before[city].known)
        assert "全市网办超期件数23件" not in told, "nothing new"
        assert {one.period for one in after.values() if one.is_open} == {"2022H1"}
        assert release.id not in {one.release for one in after.values() if one.is_open}


def test_a_record_the_newest_period_says_nothing_of_follows_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, claimed = Clock(), "power_claim_low~xinbei~2022H1"
    with listening(monkeypatch) as there:
        go(clock)
        publish_period("2022H2", without=["indicators.csv"])
        go(clock)
        held = {one.key: one for one in notice_folder().all()}
        assert held[claimed].is_open
        assert held[claimed].stands
        clock.later(days=7)
        go(clock)
        assert [line for line in there.lines("仍在") if "新北区权力事项认领率" in line], (
            "its own still holds"
        )
