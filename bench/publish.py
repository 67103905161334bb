"""Publishing ten million new cases beside DuckDB's own copy of the same CSV to Parquet.

Run `make bench-publish`, or `python bench/publish.py [--rows 10000000] [--rounds 3]`; the table is
printed and, at ten million, written to `bench/publish.md`. It always exits with 0.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from browser import ROOT
from lakes import command, environment, invent

FULL = 10_000_000
TARGET = 2.0
COPY = (
    'import sys, duckdb; duckdb.connect().execute("COPY (SELECT * FROM read_csv(\'" + sys.argv[1] + "\')) '
    'TO \'" + sys.argv[2] + "\' (FORMAT parquet, COMPRESSION zstd)")'
)


@dataclass(frozen=True)
class Round:
    """Wall time (s), processor time (s) and peak memory (MiB) of a process."""

    wall: float
    cpu: float
    memory: float


def _copied(csv: Path, folder: Path) -> Round:
    return _process([sys.executable, "-c", COPY, str(csv), str(folder / "copy.parquet")], folder)


def _dropped(csv: Path, folder: Path) -> Round:
    words = [sys.executable, "-m", "lib", "drop", str(csv.parent), "--by", "测试岗"]
    return _process(words, folder)


def _process(words: list[str], data: Path) -> Round:
    start = time.perf_counter()
    running = subprocess.Popen(
        words, cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(f"{words[:4]} ended with {running.returncode}")
    return Round(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


SIDES: dict[str, Callable[[Path, Path], Round]] = {
    "DuckDB's copy": _copied,
    "drop: read, check, sum, release": _dropped,
}


def measured(rows: int, rounds: int) -> tuple[dict[str, list[Round]], int]:
    """Both by turns, each in a fresh process on a fresh data folder; and the size of the CSV."""
    seen: dict[str, list[Round]] = {name: [] for name in SIDES}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        invent(folder / "drop", rows, "csv")
        (csv,) = (folder / "drop").iterdir()
        command(folder / "seeded", "seed")
        for number in range(rounds):
            turn = list(SIDES.items())
            for name, side in turn if number % 2 else reversed(turn):
                data = folder / "data"
                shutil.copytree(folder / "seeded", data)
                seen[name].append(side(csv, data))
                shutil.rmtree(data)
        return seen, csv.stat().st_size


def report(rows: int, seen: dict[str, list[Round]], size: int, load: float) -> str:
    """The Markdown page."""
    copied, dropped = (
        [median(getattr(turn, what) for turn in turns) for what in ("wall", "cpu", "memory")]
        for turns in seen.values()
    )
    ratios = sorted(d.wall / c.wall for c, d in zip(*seen.values(), strict=True))
    ratio = median(ratios)
    lines = [
        "# Publishing new cases\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, DuckDB "
        f"{version('duckdb')}; load average before: {load:.1f}",
        f"- {rows:,} invented cases of one period in one CSV, {size / 1e6:.0f} MB of UTF-8, in the file "
        f"cache; {len(ratios)} rounds by turns, a fresh process and data folder each; medians",
        "- DuckDB's copy: `COPY (SELECT * FROM read_csv(…)) TO … (FORMAT parquet, COMPRESSION zstd)`, "
        "which checks nothing and may use all memory",
        "- Ours: the whole command: every check, statuses, cube, list, hashes, release, all on the disk\n",
        "| | wall (s) | processor (s) | peak memory (MiB) |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {wall:.1f} | {cpu:.1f} | {memory:.0f} |"
            for name, (wall, cpu, memory) in zip(seen, (copied, dropped), strict=True)
        ),
        f"\nWall time, ours to DuckDB's copy: {ratio:.2f}x ({ratios[0]:.2f}–{ratios[-1]:.2f}); "
        f"target ≤ {TARGET:g}x {'✓' if ratio <= TARGET else '✗'}",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=FULL)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    try:
        load = os.getloadavg()[0]
        text = report(asked.rows, *measured(asked.rows, asked.rounds), load)
        print(text)
        if asked.rows == FULL:
            (ROOT / "bench" / "publish.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/publish.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
