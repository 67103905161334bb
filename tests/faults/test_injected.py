"""Every kind of system call of a publish fails or is the last: old or new, whole, and it goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.driver import Call, Worker, aimed, no_strace

pytestmark = [
    pytest.mark.skipif(bool(no_strace()), reason=no_strace()),
    pytest.mark.timeout(1_800),
]
ACTIONS = ("signal=KILL", "error=EIO", "error=ENOSPC")
# How often each kind of call is hit; where it is made seldom, every one in every way.
OFTEN = {
    "write": 14, "fsync": 13, "rename": 10, "linkat": 7, "mkdir": 8, "openat": 10, "close": 6,
    "unlink": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def calls(worker: Worker) -> list[Call]:
    return worker.calls()


def spread(calls: list[Call], count: int) -> list[Call]:
    """So many of the calls, evenly, first and last included."""
    step = max(1.0, (len(calls) - 1) / (count - 1))
    return [calls[round(i * step)] for i in range(min(count, len(calls)))]


def chosen(calls: list[Call]) -> list[tuple[Call, str]]:
    """What to hit and how: each kind of call in each way, over the whole publish."""
    found: list[tuple[Call, str]] = []
    for name, often in OFTEN.items():
        of_kind = [call for call in calls if call.name == name]
        if len(of_kind) * len(ACTIONS) <= often:
            found += [(call, action) for call in of_kind for action in ACTIONS]
        else:
            found += [(call, ACTIONS[i % 3]) for i, call in enumerate(spread(of_kind, often))]
    return found


def test_a_publish_makes_every_kind_of_call_that_is_hit(calls: list[Call]) -> None:
    assert set(OFTEN) <= {call.name for call in calls}
    assert not {"pwrite64", "writev", "fdatasync", "ftruncate"} & {call.name for call in calls}


@pytest.mark.case(64, 65)
def test_whatever_call_goes_wrong_the_old_or_the_new_is_there_whole(
    worker: Worker, calls: list[Call], record_property: Callable[[str, object], None]
) -> None:
    wrong, codes = {}, []
    for call, action in chosen(calls):
        answer = worker.run(strace=aimed(call, action), fatal="KILL" in action)
        codes.append(answer["code"])
        if answer["problems"]:
            wrong[f"{action} at {call}"] = answer["problems"]
    assert wrong == {}
    assert len(codes) >= 60
    record_property("fault runs", len(codes))
    assert codes.count(-9) >= 15, "too few publishes were killed"
    assert codes.count(3) >= 25, "too few publishes were refused with a sentence"


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.case(64, 65)
def test_every_call_in_every_way(
    worker: Worker, calls: list[Call], action: str, record_property: Callable[[str, object], None]
) -> None:
    hit = [call for call in calls if call.name in OFTEN]
    answers = {call: worker.run(strace=aimed(call, action), fatal="KILL" in action) for call in hit}
    record_property("fault runs", len(answers))
    assert {call: a["problems"] for call, a in answers.items() if a["problems"]} == {}


@pytest.mark.parametrize("lake", ["RowFirst", "OnTop", "SaysYes", "InPlace"])
@pytest.mark.broken(64, 65)
def test_the_same_checks_find_a_broken_publish_out(worker: Worker, lake: str) -> None:
    calls = worker.calls(lake)  # undisturbed, nothing is wrong with it
    writing = [c for c in calls if c.name in ("rename", "linkat", "mkdir") and not c.reads]
    for i, call in enumerate(reversed(writing)):
        action = ACTIONS[i % 2 if lake != "SaysYes" else 1]
        if worker.run(lake, strace=aimed(call, action), fatal="KILL" in action)["problems"]:
            return
    pytest.fail(f"nothing was found wrong with {lake}")
