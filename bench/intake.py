"""Reading a million invented cases from GB18030: ours beside pandas, pyarrow, polars and duckdb.

Run `make bench-intake`, or `python bench/intake.py [--rounds 5] [--rows 1000000]`; the table is
printed and written to `bench/intake.md`. Every reading has a process of its own, by turns. This
process imports nothing large: a child's peak memory would count what its parent had.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "bench" / "output"
REPORT = ROOT / "bench" / "intake.md"
PEERS = ("pandas", "pyarrow", "polars", "duckdb")
OURS = "ours"
TIME_TARGET = 2.0  # times the fastest peer
WARM_UP_ROWS = 10
MAKE = (
    "import sys; from pathlib import Path; from lib.demo.cases import write_cases; "
    "write_cases(Path(sys.argv[1]), int(sys.argv[2]))"
)
Reading = dict[str, float]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in the project's folder."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, text=True, capture_output=True, check=False
    )


def made(rows: int) -> Path:
    """The file to read, written when it is not there yet."""
    path = OUTPUT / f"演示数据_网办办件_{rows}行.csv"
    if not path.exists():
        OUTPUT.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        python("-c", MAKE, str(half), str(rows)).check_returncode()
        half.replace(path)
    return path


def reading(name: str, path: Path, warm_up: Path) -> Reading | str:
    """One reading in a fresh process, or why there is none."""
    done = python("-m", "bench.intake_child", name, str(path), str(warm_up))
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no message"])[-1]
    return json.loads(done.stdout)


def measured(path: Path, warm_up: Path, rounds: int) -> tuple[dict[str, list[Reading]], list[str]]:
    """Readings by reader, by turns; a reader that fails is named in the remarks and left out."""
    readings: dict[str, list[Reading]] = {name: [] for name in (*PEERS, OURS)}
    remarks = []
    for _ in range(rounds):
        for name in list(readings):
            result = reading(name, path, warm_up)
            if isinstance(result, str):
                remarks.append(f"{name} was not measured: {result}")
                del readings[name]
            else:
                readings[name].append(result)
    counted = {(r["rows"], r["finished"]) for results in readings.values() for r in results}
    if len(counted) > 1:
        remarks.append(f"**the readers do not agree on what they read**: {sorted(counted)}")
    return readings, remarks


def installed(name: str) -> str:
    """The version of a distribution."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def table(readings: dict[str, list[Reading]]) -> list[str]:
    """One row a reader: times, peak, ratios to the fastest peer and to pandas."""
    seconds = {name: [r["seconds"] for r in results] for name, results in readings.items()}
    peak = {name: median(r["peak_mb"] for r in results) for name, results in readings.items()}
    fastest = min(median(seconds[name]) for name in PEERS if name in seconds)
    lines = [
        "| reader | median (s) | fastest (s) | to the fastest peer | peak RSS (MB) | to pandas |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, times in seconds.items():
        beside = f"{peak[name] / peak['pandas']:.2f}x" if "pandas" in peak else "—"
        lines.append(
            f"| {name} | {median(times):.2f} | {min(times):.2f} | {median(times) / fastest:.2f}x "
            f"| {peak[name]:.0f} | {beside} |"
        )
    if OURS in seconds and "pandas" in peak:
        ratio, share = median(seconds[OURS]) / fastest, peak[OURS] / peak["pandas"]
        lines += [
            "",
            "| target | ours | limit | ok |",
            "|---|---:|---:|---|",
            f"| time, to the fastest peer | {ratio:.2f}x | ≤ {TIME_TARGET:.1f}x | {'yes' if ratio <= TIME_TARGET else 'NO'} |",
            f"| peak memory, to pandas | {share:.2f}x | ≤ 1.0x | {'yes' if share <= 1 else 'NO'} |",
        ]
    return lines


def report(rows: int, rounds: int) -> str:
    """Measure, and say it as Markdown."""
    path, warm_up = made(rows), made(WARM_UP_ROWS)
    size = sum(len(block) for block in iter(path.open("rb").read1, b""))  # also warms the cache
    load = os.getloadavg()[0]
    readings, remarks = measured(path, warm_up, rounds)
    versions = ", ".join(f"{name} {installed(name)}" for name in PEERS)
    return "\n".join(
        [
            "# Reading a million cases",
            "",
            f"- Date: {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M%z}",
            f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, {versions}; load average before: {load:.1f}",
            f"- File: {rows:,} invented cases, {size / 1e6:.0f} MB of GB18030, {rounds} rounds by turns, a fresh process each, file cache warm",
            "- Peers: from the file to a typed table, imports and a first small file not counted; no check of any cell",
            "- Ours: the whole call with every check, its reading process included; peak memory is the sum of both processes",
            "- DuckDB reads GB18030 only with an extension from the network, so the file is decoded for it, in its time",
            *(f"- {remark}" for remark in remarks),
            "",
            *table(readings),
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    text = report(options.rows, options.rounds)
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
