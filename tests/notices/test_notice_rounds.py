"""Whole rounds over a real lake and a real robot: told once, again, of its end; restarts, two at once, kills."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from lib.insight.notices import judgements
from lib.notices.folder import BusyError, Folder, notice_folder
from lib.notices.round import acknowledge, follow, run_round
from lib.notices.watch import Watch
from lib.settings import data_dir, lake_dir
from lib.store.backup import back_up, restore
from lib.store.lake import Lake
from tests.notices.scene import (
    HANG,
    Answer,
    Clock,
    Robot,
    publish,
    publish_period,
    record,
    robot,
    waited_for,
)
from tests.server import ROOT

pytestmark = pytest.mark.usefixtures("own_data")

HOLDING = 22  # in the published half-year, see test_notice_rules


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> Iterator[Robot]:
    """A robot that is set."""
    with robot(*answers) as there:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        yield there


def go(clock: Clock) -> int:
    """A round; how many notices were delivered."""
    outcome = run_round(clock, clock.pause)
    assert outcome.problems == ()
    return outcome.told


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


COMMAND = [sys.executable, "-m", "lib", "notices", "--deliver", "--json"]


def test_of_two_processes_at_once_one_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(monkeypatch) as there:
        both = [
            subprocess.Popen(COMMAND, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(2)
        ]
        done = [process.communicate(timeout=60) for process in both]
        assert [process.returncode for process in both] == [0, 0], done
        for out, _ in done:
            assert len(json.loads(out)) == HOLDING
        lines = there.lines("新增")
        assert len(lines) == len(set(lines)) == HOLDING


def test_of_many_threads_at_once_one_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with listening(monkeypatch) as there, ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda _: go(clock), range(6)))
        assert sum(told) == HOLDING == len(there.lines("新增"))


def test_a_kill_in_the_middle_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(monkeypatch, HANG) as there:
        process = subprocess.Popen(
            COMMAND, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            waited_for(lambda: there.asked)
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait(20)
        left = notice_folder().all()
        assert len(left) == HOLDING
        assert all(one.told == {} for one in left)
        tried = [one for one in left if one.trouble]
        assert tried
        assert {one.trouble["wecom"].why for one in tried} == {"投递时中断，不知道对方收到没有"}
        clock = Clock(max(one.trouble["wecom"].again_at for one in tried))
        assert go(clock) == HOLDING
        assert len(there.lines("新增")) == HOLDING


def test_where_nothing_can_be_written_nothing_is_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        follow(notice_folder(), clock)
        full = tmp_path / "full"
        monkeypatch.setattr("lib.store.durable._write", lambda path, content: _disk_full(full))
        with pytest.raises(OSError, match="No space"):
            run_round(clock, clock.pause)
        assert there.asked == 0


def _disk_full(path: Path) -> None:
    raise OSError(28, "No space left on device", str(path))


def test_who_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.notices.folder._DELIVERY_SECONDS", 0.1)
    clock = Clock()
    with listening(monkeypatch) as there:
        with notice_folder().delivering():
            assert "另一个进程" in run_round(clock, clock.pause).problems[0]
        assert there.asked == 0
        assert go(clock) == HOLDING
    with notice_folder().delivering(), pytest.raises(BusyError), notice_folder().delivering():
        pass


def test_a_record_somebody_spoiled_is_told_anew_and_named_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    with listening(monkeypatch):
        go(clock)
        path = notice_folder().path / "overdue_city~city~2022H1.json"
        path.write_bytes(path.read_bytes()[:40])
        assert go(clock) == 1
        assert "overdue_city~city~2022H1 的记录读不出来" in capfd.readouterr().err


def test_a_record_under_another_name_is_nobodys(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "notices")
    folder.change(lambda _: [record()])
    (folder.path / "overdue_department~education~2022H1.json").rename(
        folder.path / "overdue_department~health~2022H1.json"
    )
    assert folder.all() == []
    with pytest.raises(KeyError):
        folder.update("../../lake/releases", lambda one: one)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    assert Folder(tmp_path / "notices").all() == []
    assert list(tmp_path.glob("notices")) == []


def test_a_backup_holds_who_was_told_and_a_restore_does_not_set_it_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        follow(notice_folder(), clock)
        back_up(data_dir(), tmp_path / "backup")
        assert len(Folder(tmp_path / "backup" / "notices").all()) == HOLDING
        go(clock)
        restore(tmp_path / "backup", data_dir(), replace=True)
        assert go(clock) == 0
        restore(tmp_path / "backup", tmp_path / "elsewhere")
        monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "elsewhere"))
        assert len(notice_folder().all()) == HOLDING
        assert len(there.lines("新增")) == HOLDING


def test_a_watch_goes_round_for_every_release_and_survives_a_bad_one() -> None:
    newest, rounds, begun = ["R0001"], list[str](), threading.Event()

    def act(pause: object) -> None:
        rounds.append(newest[0])
        if newest[0] == "R0002":
            raise ValueError("a bad round")

    watch = Watch(lambda: newest[0], act, begun.set, look=0.01)
    watch.start()
    try:
        for release in ("R0001", "R0002", "R0003"):
            newest[0] = release
            waited_for(lambda release=release: rounds[-1:] == [release])
    finally:
        watch.stop()
    assert begun.is_set()
    assert rounds == ["R0001", "R0002", "R0003"], "one each: nothing else changed"


def test_a_watch_that_is_stopped_first_does_nothing() -> None:
    rounds: list[object] = []
    watch = Watch(lambda: "R0001", rounds.append, lambda: None, look=0)
    watch.stop()
    watch.start()
    watch.stop()
    assert rounds == []
