"""Eight writers and four readers at once, some killed; what they saw, checked.

Run as `python -m tests.faults.crowd <folder> <lake> <seconds>`; prints what is wrong as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lib.store.errors import PublishError, StaleProposalError
from lib.store.lake import Lake
from tests.faults import scene
from tests.faults.broken import LAKES
from tests.faults.worker import ended, in_child
from tests.store.rows import draft

WRITERS, READERS, KILLED = 8, 4, 3
BUSY = "另一次发布还没有结束"
LEAST = 3  # turns everybody has, however slow the machine


def write(lake: Lake, log: Path, number: int, until: float) -> int:
    """Raise this writer's own figure by one, again and again, noting each that was published."""
    for count in range(1, 10_000):
        if count > LEAST and time.monotonic() > until:
            break
        mine = draft(("2022H1", f"writer-{number}", count))
        try:
            if number % 2:
                release = lake.publish([mine], by=f"{number}", mode="merge")
            else:
                release = propose(lake, mine, number)
        except PublishError as error:  # in a crowd without end somebody never comes to the lock
            if BUSY not in str(error):
                raise
            continue
        note(log, [release.number, count])
    return 0


def propose(lake: Lake, mine: Any, number: int) -> Any:
    """The same through a proposal, compared again as often as others come first."""
    made = lake.propose([mine], by=f"{number}", mode="merge")
    while True:
        try:
            return lake.publish_proposal(made.id, by=f"{number}")
        except StaleProposalError:
            made = lake.reopen(made.id)


def read(path: Path, log: Path, until: float) -> int:
    """Look at the live release, again and again, noting its number and what is wrong with it."""
    turns = 0
    while turns < LEAST or time.monotonic() < until:
        turns += 1
        lake = Lake(path)
        release = lake.live()
        assert release is not None
        note(log, [release.number, scene.torn(lake, release)])
    return 0


def note(log: Path, what: object) -> None:
    with log.open("a") as file:
        file.write(json.dumps(what) + "\n")


def notes(folder: Path, kind: str) -> Iterator[tuple[int, list[Any]]]:
    for log in sorted(folder.glob(f"{kind}-*")):
        whole = log.read_text().splitlines()
        yield int(log.name.partition("-")[2]), [json.loads(line) for line in whole]


def crowd(folder: Path, kind: type[Lake], seconds: float) -> list[int]:
    """Let them all loose; the exit codes of those that were not killed."""
    until, lake = time.monotonic() + seconds, folder / "lake"
    writers = [
        in_child(lambda n=n: write(kind(lake), folder / f"writer-{n}", n, until))  # type: ignore[misc]
        for n in range(WRITERS)
    ]
    readers = [
        in_child(lambda n=n: read(lake, folder / f"reader-{n}", until))  # type: ignore[misc]
        for n in range(READERS)
    ]
    dice = random.Random(1)
    for pid in writers[:KILLED]:
        time.sleep(seconds / 5 + dice.random() * seconds / 10)
        os.kill(pid, signal.SIGKILL)
    codes = [ended(pid, 90) for pid in writers + readers]
    return codes[KILLED:]


def problems(folder: Path) -> list[str]:
    """What is wrong with what they did and saw."""
    lake = Lake(folder / "lake")
    releases = lake.releases()[::-1]
    found = [line for release in releases for line in scene.torn(lake, release)]
    if [release.number for release in releases] != list(range(1, len(releases) + 1)):
        found.append(f"numbers {[release.number for release in releases]}")
    figures = scene.contents(lake, releases[-1])
    acknowledged: list[int] = []
    for number, made in notes(folder, "writer"):
        acknowledged += [release for release, _ in made]
        if made and int(figures.get(f"writer-{number}", 0)) < made[-1][1]:
            found.append(f"writer {number} published {made[-1][1]}, it is not there")
    if len(acknowledged) != len(set(acknowledged)):
        found.append("two publishes were given the same number")
    for number, seen in notes(folder, "reader"):
        found += [f"reader {number}: {line}" for _, torn in seen for line in torn]
        if [n for n, _ in seen] != sorted(n for n, _ in seen):
            found.append(f"reader {number} saw releases go back")
    return found


def main() -> None:
    folder, kind, seconds = Path(sys.argv[1]), LAKES[sys.argv[2]], float(sys.argv[3])

    def prepare() -> int:
        scene.prepare(folder)
        return 0

    def check() -> int:
        reads = sum(len(seen) for _, seen in notes(folder, "reader"))
        found = {
            "problems": problems(folder),
            "reads": reads,
            "releases": len(Lake(folder / "lake").releases()),
        }
        (folder / "found").write_text(json.dumps(found))
        return 0

    assert ended(in_child(prepare)) == 0
    codes = crowd(folder, kind, seconds)
    assert ended(in_child(check), 90) == 0
    print(json.dumps({**json.loads((folder / "found").read_text()), "codes": codes}))


if __name__ == "__main__":
    main()
