"""Lakes of invented cases, made as a user makes them: `demo-cases`, then `drop`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from browser import ROOT


@dataclass(frozen=True)
class Made:
    """A lake: its data folder, how long inventing and dropping took (s), the drop's peak memory (MiB)."""

    data: Path
    rows: int
    invented: float
    dropped: float
    memory: float


def environment(data: Path) -> dict[str, str]:
    """What a process on a data folder is told."""
    return os.environ | {"TONGBAO_DATA": str(data), "TONGBAO_DEMO": "1"}


def command(data: Path, *words: str) -> tuple[float, float]:
    """Run `python -m lib` on a data folder: wall time (s), and the most memory it held (MiB)."""
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "lib", *words], cwd=ROOT, env=environment(data),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stderr is not None
    said = running.stderr.read().decode()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"{' '.join(words)}: {said}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def invent(folder: Path, rows: int, kind: str = "parquet") -> float:
    """A drop folder of cases of 2022H1; how long it took (s)."""
    words = ("demo-cases", "--rows", str(rows), "--out", str(folder), "--format", kind)
    return command(folder.parent / "none", *words, "--period", "2022H1")[0]


def make(folder: Path, rows: int) -> Made:
    """A lake with that many cases of 2022H1 beside the shipped figures."""
    invented = invent(folder / "drop", rows)
    command(folder / "data", "seed")
    dropped, memory = command(folder / "data", "drop", str(folder / "drop"), "--by", "测试岗")
    shutil.rmtree(folder / "drop")
    return Made(folder / "data", rows, invented, dropped, memory)
