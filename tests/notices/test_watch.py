"""The thread beside a server: a round for every release, and none once it is stopped."""

from __future__ import annotations

import threading

from lib.notices.watch import Watch
from tests.notices.scene import (
    waited_for,
)


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
