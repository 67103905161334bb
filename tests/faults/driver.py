"""Asks a worker for publishes that are hit, and finds out what there is to hit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SYSCALLS = (
    "write,pwrite64,writev,fsync,fdatasync,?rename,renameat,renameat2,?link,linkat,?unlink,"
    "unlinkat,?mkdir,mkdirat,openat,close,ftruncate"
)
_CALL = re.compile(r"^\d+\s+(?P<name>\w+)\((?P<rest>.*)$")
_HANDLE = re.compile(r"^\d+<(?P<path>[^>]*)>")
_QUOTED = re.compile(r'"(?P<path>[^"]*)"')


@dataclass(frozen=True)
class Call:
    """The nth time a publish makes a system call on a path."""

    name: str
    path: str
    nth: int
    reads: bool


class Worker:
    """A warm process, on one processor, that runs one publish after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker", str(folder)],
            cwd=ROOT, env={**os.environ, "TOKIO_WORKER_THREADS": "1", "RUST_BACKTRACE": "0"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=_on_one_processor,
        )  # fmt: skip

    def run(self, lake: str = "Whole", **how: Any) -> dict[str, Any]:
        """One publish by a lake of `broken.LAKES`; every other one is cleaned up after."""
        assert self._process.stdin
        assert self._process.stdout
        self.number += 1
        request = {"lake": lake, "repaired": self.number % 2 == 0, **how}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the worker died"
        return json.loads(answer)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def trace(self, lake: str = "Whole") -> list[str]:
        """The system calls of one undisturbed publish, one a line, handles with their paths."""
        log = self.folder / "trace"
        answer = self.run(lake, strace=["-o", str(log), "-y", "-s", "8", "-e", f"trace={SYSCALLS}"])
        assert (answer["code"], answer["problems"]) == (0, [])
        return log.read_text(encoding="utf-8", errors="replace").splitlines()

    def calls(self, lake: str = "Whole") -> list[Call]:
        """Every call of a publish on a path of its data folder, in order."""
        seen: Counter[tuple[str, str]] = Counter()
        found = []
        for line in self.trace(lake):
            name, path = parsed(line)
            if path.startswith(str(self.folder / "run")):
                seen[name, path] += 1
                found.append(Call(name, path, seen[name, path], "O_RDONLY" in line))
        return found


def parsed(line: str) -> tuple[str, str]:
    """The name of a call, and the path it is about; "" where the line has none."""
    call = _CALL.match(line)
    if not call:
        return "", ""
    found = _HANDLE.match(call["rest"]) or _QUOTED.search(call["rest"])
    return call["name"], found["path"] if found else ""


def aimed(call: Call, action: str) -> list[str]:
    """strace options that hit exactly this call: `signal=KILL`, `error=EIO`, `error=ENOSPC`."""
    hit = f"inject={call.name}:{action}:when={call.nth}"
    return ["-o", "/dev/null", "-P", call.path, "-e", f"trace={call.name}", "-e", hit]


def _on_one_processor() -> None:
    """strace is several times quicker where threads do not wait for each other."""
    mine = sorted(os.sched_getaffinity(0))
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw") or 0)
    os.sched_setaffinity(0, {mine[worker % len(mine)]})


@cache
def no_strace() -> str:
    """Why faults cannot be injected here, "" where they can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"],
        capture_output=True, check=False,
    )  # fmt: skip
    return "" if tried.returncode == 0 else "tracing other processes is not permitted here"
