"""Writers in children of this process that are killed, at a chosen call or at any moment."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any

from lib.audit.folder import month_files
from lib.audit.log import AuditError, AuditLog
from tests.audit.scene import event, problems, written

CALLS = ("open", "write", "fsync", "replace", "mkdir")
REFUSED = 3


def in_child(act: Callable[[], object]) -> int:
    """The pid of a child that acts: exit code 0, REFUSED for an AuditError, 9 for anything else."""
    pid = os.fork()
    if pid:
        return pid
    code = 9
    try:
        act()
        code = 0
    except AuditError:
        code = REFUSED
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def armed(nth: int, half: bool) -> None:
    """Let this process be killed at its nth call; a write may first be half done."""
    numbers = count(1)

    def guarded(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **more: Any) -> Any:
            if next(numbers) == nth:
                if half and name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **more)

        return call

    for name in CALLS:
        setattr(os, name, guarded(name))


def killed_at_every_call(folder: Path, kind: type[AuditLog], half: bool) -> tuple[int, list[str]]:
    """Kill one append at its first call, the next at its second …; how many were killed, what is wrong."""
    log, acknowledged, found = written(folder, kind, 2), ["第1件", "第2件"], list[str]()
    for nth in count(1):

        def hit(nth: int = nth) -> None:
            armed(nth, half)
            log.append(event(f"第{nth}次"))

        code = ended(in_child(hit))
        if code == 0:
            acknowledged.append(f"第{nth}次")
        found += problems(folder, acknowledged)
        before = contents(folder)
        log.append(event(f"第{nth}次之后"))
        acknowledged.append(f"第{nth}次之后")
        found += problems(folder, acknowledged) + rewritten_files(before, contents(folder))
        if code != -signal.SIGKILL:
            return nth - 1, found
    raise AssertionError


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in month_files(folder)}


def rewritten_files(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The files that were not only added to."""
    return [f"rewritten: {n}" for n, held in before.items() if not after[n].startswith(held)]


def killed_at_any_moment(folder: Path, kind: type[AuditLog], rounds: int) -> tuple[int, list[str]]:
    """Kill a busy writer, again and again; how many lines it was told are kept, what is wrong."""
    dice, acknowledged = random.Random(1), list[str]()
    for turn in range(rounds):
        read, write = os.pipe()
        pid = in_child(lambda: report(kind(folder), turn, write))  # noqa: B023
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as pipe:
            acknowledged.append(pipe.readline().strip())
            time.sleep(dice.random() * 0.1)
            os.kill(pid, signal.SIGKILL)
            ended(pid)
            acknowledged += pipe.read().split()
    return len(acknowledged), problems(folder, acknowledged)


def report(log: AuditLog, turn: int, pipe: int) -> None:
    """Append without end, saying what was acknowledged."""
    for number in count(1):
        log.append(event(f"第{turn}轮第{number}件"))
        os.write(pipe, f"第{turn}轮第{number}件\n".encode())


def all_at_once(folder: Path, kind: type[AuditLog], writers: int, lines: int) -> list[str]:
    """Let writers loose together; what is wrong with what they leave."""
    names = [[f"{writer}号第{n}件" for n in range(lines)] for writer in range(writers)]

    def write(own: Iterable[str]) -> None:
        for what in own:
            kind(folder).append(event(what))

    pids = [in_child(lambda own=own: write(own)) for own in names]  # type: ignore[misc]
    codes = [ended(pid) for pid in pids]
    found = [f"a writer ended with {code}" for code in codes if code]
    return found + problems(folder, [what for own in names for what in own])


def without_room(log: AuditLog, path: Path, what: str) -> int:
    """Append where the disk takes only a few more bytes of the file; the exit code."""

    def act() -> None:
        most = path.stat().st_size + 40
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        log.append(event(what))

    return ended(in_child(act))
