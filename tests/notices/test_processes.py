"""Several at once: one tells, whoever is killed loses nothing, nobody is waited for too long."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.notices.folder import BusyError, notice_folder
from lib.notices.round import run_round
from tests.notices.scene import (
    HANG,
    Clock,
    waited_for,
)
from tests.notices.told import HOLDING, go, listening
from tests.server import ROOT

pytestmark = pytest.mark.usefixtures("own_data")


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


def test_who_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.notices.folder._DELIVERY_SECONDS", 0.1)
    clock = Clock()
    with listening(monkeypatch) as there:
        with notice_folder().delivering():
            assert "另一个程序" in run_round(clock, clock.pause).problems[0]
        assert there.asked == 0
        assert go(clock) == HOLDING
    with notice_folder().delivering(), pytest.raises(BusyError), notice_folder().delivering():
        pass
