"""Runs publishes in children of one warm process, hits them, and checks what is left.

Run as `python -m tests.faults.worker <folder>`; one JSON request a line on standard input, one
JSON answer a line on standard output. The parent never writes Delta itself: its threads would
not survive the fork.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import deltalake.fs  # noqa: F401  imported once, here, not in every child
import pandas  # noqa: F401  pyarrow asks for it
import pyarrow.dataset  # noqa: F401

from lib.store.errors import PublishError
from tests.faults import scene
from tests.faults.broken import LAKES

ENOUGH = 120.0  # seconds
_TRACE_BY_ANYONE = (0x59616D61, ctypes.c_ulong(-1))


def in_child(act: Callable[[], int], traced: bool = False) -> int:
    """The pid of a child that runs `act` and ends with its answer as exit code."""
    pid = os.fork()
    if pid:
        return pid
    code = 4
    try:
        if traced:
            await_tracer()
        code = act()
    except PublishError as error:
        code = 3 if any("\u4e00" <= letter <= "\u9fff" for letter in str(error)) else 5
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def await_tracer() -> None:
    """Let strace attach, and wait until it has."""
    ctypes.CDLL(None).prctl(*_TRACE_BY_ANYONE, 0, 0, 0)
    with open("/proc/self/status", "rb", buffering=0) as status:
        while b"TracerPid:\t0" in status.read(4096):
            status.seek(0)
            time.sleep(0.001)


def ended(pid: int, limit: float = ENOUGH) -> int:
    """The exit code of a child, negative a signal; -9 of our own after `limit` is 99."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return 99


def repeatable_names() -> None:
    """Let random names be the same in every run, so that a fault can be aimed at a path."""
    numbers = itertools.count(1)
    os.urandom = lambda size: next(numbers).to_bytes(size, "little")  # type: ignore[assignment]


def publish(folder: Path, lake: str, limit: int | None) -> int:
    repeatable_names()
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    scene.publish(LAKES[lake](folder / "lake"))
    return 0


def checked(folder: Path, lake: str, claimed: bool, repaired: bool) -> list[str]:
    """The problems that a fresh process finds in the folder."""
    report = folder.with_suffix(".json")

    def check() -> int:
        report.write_text(
            json.dumps(scene.problems(LAKES[lake](folder / "lake"), claimed, repaired))
        )
        return 0

    code = ended(in_child(check))
    return json.loads(report.read_text()) if code == 0 else [f"the check ended with {code}"]


def run(root: Path, request: dict[str, Any]) -> dict[str, Any]:
    """One publish, hit as asked: {strace: options}, {kill: seconds after its start} or {limit: bytes a file}."""
    folder = root / "run"
    shutil.copytree(root / "start", folder)
    traced = "strace" in request
    begun = time.monotonic()
    pid = in_child(lambda: publish(folder, request["lake"], request.get("limit")), traced)
    tracer = attach(pid, request["strace"]) if traced else None
    if "kill" in request:
        time.sleep(max(0.0, request["kill"] - (time.monotonic() - begun)))
        os.kill(pid, signal.SIGKILL)
    code = ended(pid)
    took = time.monotonic() - begun
    if tracer:
        tracer.wait(ENOUGH)
    found = checked(folder, request["lake"], code == 0, request.get("repaired", False))
    if code in (4, 5, 99) or (code < 0 and not request.get("fatal")):
        found.append(f"the publish ended with {code}")
    shutil.rmtree(folder)
    return {**request, "code": code, "took": took, "problems": found}


def attach(pid: int, options: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["strace", "-f", "-qq", "-p", str(pid), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def prepare(root: Path) -> int:
    scene.prepare(root / "start")
    return 0


def main() -> None:
    """Answer requests until standard input ends."""
    root = Path(sys.argv[1])
    assert ended(in_child(lambda: prepare(root))) == 0
    for line in sys.stdin:
        print(json.dumps(run(root, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
