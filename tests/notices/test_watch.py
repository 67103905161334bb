"""The thread beside a server: a round for every release, and none once it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from lib import server
from lib.notices.delivery import Outcome
from lib.notices.watch import Watch
from tests.notices.scene import (
    waited_for,
)


def test_a_watch_goes_round_for_every_release_and_survives_a_bad_one() -> None:
    newest, rounds = ["R0001"], list[str]()

    def act(pause: object) -> bool:
        rounds.append(newest[0])
        if newest[0] == "R0002":
            raise ValueError("a bad round")
        return True

    watch = Watch(lambda: newest[0], act, look=0.01)
    watch.start()
    try:
        for release in ("R0001", "R0002", "R0003"):
            newest[0] = release
            waited_for(lambda release=release: rounds[-1:] == [release])
    finally:
        watch.stop()
    assert rounds == ["R0001", "R0002", "R0003"], "one each: nothing else changed"


def test_a_watch_that_is_stopped_first_does_nothing() -> None:
    rounds: list[object] = []
    watch = Watch(lambda: "R0001", lambda pause: bool(rounds.append(pause)), look=0)
    watch.stop()
    watch.start()
    watch.stop()
    assert rounds == []


def test_a_round_with_problems_is_made_again_soon() -> None:
    rounds: list[object] = []

    def act(pause: object) -> bool:
        rounds.append(pause)
        return len(rounds) > 2

    watch = Watch(lambda: "R0001", act, look=0.01, soon=0.02)
    watch.start()
    waited_for(lambda: len(rounds) >= 3)
    threading.Event().wait(0.2)
    watch.stop()
    assert len(rounds) == 3, "and not for long once it went well"


def test_a_round_hears_that_it_is_time_to_stop() -> None:
    begun, heard = threading.Event(), list[bool]()

    def act(pause: Callable[[float], bool]) -> bool:
        begun.set()
        heard.append(pause(60))
        return True

    watch = Watch(lambda: "R0001", act, look=0.01)
    watch.start()
    assert begun.wait(20)
    watch.stop()
    waited_for(lambda: heard)
    assert heard == [True]


def test_what_a_round_could_not_do_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    outcomes = [Outcome(problems=("提醒正由另一个程序处理",)), Outcome()]
    monkeypatch.setattr("lib.notices.round.run_round", lambda **_: outcomes.pop(0))
    assert [server.tell_notices(lambda _: None) for _ in range(2)] == [False, True]
    assert capfd.readouterr().err.count("提醒正由另一个程序处理") == 1
