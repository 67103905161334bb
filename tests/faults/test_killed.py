"""Publishes killed at many moments, and the order in which files are synced."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.faults.driver import Worker, no_strace, parsed

pytestmark = pytest.mark.timeout(1_800)
RUNS = 24


@pytest.mark.case(64)
def test_a_publish_killed_at_any_moment_leaves_the_old_or_the_new_whole(
    worker: Worker, record_property: Callable[[str, object], None]
) -> None:
    undisturbed = [worker.run() for _ in range(2)]
    assert [answer["problems"] for answer in undisturbed] == [[], []]
    length = max(answer["took"] for answer in undisturbed)
    dice, answers = random.Random(1), []
    for i in range(RUNS):
        answers.append(worker.run(kill=length * (i + dice.random()) / RUNS, fatal=True))
        if answers[-1]["code"] == 0:  # it was done before: the machine has less to do by now
            length = min(length, answers[-1]["took"])
    assert {a["kill"]: a["problems"] for a in answers if a["problems"]} == {}
    assert [a["code"] for a in answers].count(-9) >= RUNS // 4, "too few were killed in time"
    record_property("fault runs", len(answers))


@pytest.mark.broken(64)
def test_the_same_check_finds_out_a_release_row_that_comes_first(worker: Worker) -> None:
    length = worker.run("RowFirst")["took"]
    moments = (length * slower * (1 - i / 20) for slower in (1, 2, 4) for i in range(20))
    assert any(worker.run("RowFirst", kill=at, fatal=True)["problems"] for at in moments)


def unsynced(lines: list[str], run: str) -> tuple[set[str], set[str]]:
    """What was written or named but not on the disk when the release row appeared, and at the end.

    A file is on the disk once it was synced after its last write; a name, once its folder was.
    """
    waiting: set[str] = set()
    at_row: set[str] = set()
    for line in lines:
        name, path = parsed(line)
        if not path.startswith(run) or path.endswith("/.lock"):
            continue
        folder, _, _ = path.rpartition("/")
        if name in ("write", "pwrite64", "writev"):
            waiting.add(path)
        elif name in ("rename", "linkat"):
            target = line.split('"')[3]
            if target.startswith(f"{run}/lake/releases/_delta_log"):
                at_row = set(waiting)
            if path in waiting:
                waiting = (waiting - {path}) | {target}
            waiting.add(f"{target.rpartition('/')[0]}/")
        elif name == "mkdir" and path != f"{run}/lake":  # there already; the lock asks again
            waiting.add(f"{folder}/")
        elif name == "fsync":
            waiting -= {path, f"{path}/"}
    return at_row, waiting


@pytest.mark.skipif(bool(no_strace()), reason=no_strace())
@pytest.mark.case(66)
def test_everything_is_on_the_disk_before_the_release_row_and_the_row_after(worker: Worker) -> None:
    at_row, at_end = unsynced(worker.trace(), str(worker.folder / "run"))
    row = f"{worker.folder}/run/lake/releases/_delta_log/"
    assert {path for path in at_row if not path.startswith(row)} == set()
    assert at_end == set()


@pytest.mark.skipif(bool(no_strace()), reason=no_strace())
@pytest.mark.broken(66)
def test_a_publish_that_leaves_it_to_the_system_is_found_out(worker: Worker) -> None:
    at_row, _ = unsynced(worker.trace("Unsynced"), str(worker.folder / "run"))
    logs = {path for path in at_row if "/lake/warnings/_delta_log/" in path}
    assert f"{worker.folder}/run/lake/warnings/_delta_log/00000000000000000003.json" in logs
