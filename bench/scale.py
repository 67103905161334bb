"""预警台账 at 1, 10 and 100 million cases, in a browser beside an empty page and seven others.

Run `make bench-scale`, or `python bench/scale.py [--sizes 1 10 100] [--runs 15] [--slow-runs 3]`;
the table is printed and, where all sizes were measured, written to `bench/scale.md`. It makes its
own lakes, by `demo-cases` and `drop`, starts its own servers and always exits with 0.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import duckdb
from browser import ROOT, Side, Times, measure, served
from closed_loop import throughput
from lakes import make
from load import memory_mib
from scale_report import Size, report
from scale_sides import EMPTY, LIYANG, Peer, peers

WARM_UPS = 1
FLOOR_RUNS = 3


def _totals(data: Path) -> tuple[str, str]:
    """How many cases there are, and of 溧阳市, as pages write them."""
    files = f"{data}/lake/case_cube/*/*.parquet"
    sql = "SELECT sum(cases), sum(cases) FILTER (district = 'liyang') FROM read_parquet($files)"
    found = duckdb.execute(sql, {"files": files}).fetchone()
    assert found is not None
    return f"{found[0]:,}", f"{found[1]:,}"


def _floor(data: Path) -> tuple[float, float]:
    """The peers' five aggregates by DuckDB alone, of all cases and of 溧阳市 (ms)."""
    from figures import asked_of_cases

    os.environ["BENCH_LAKE"] = str(data / "lake")
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(FLOOR_RUNS + 1):
        for kept, districts in zip(times, ([], [LIYANG]), strict=True):
            start = time.perf_counter()
            asked_of_cases(districts)
            kept.append((time.perf_counter() - start) * 1000)
    return median(times[0][1:]), median(times[1][1:])


def _turns(sides: Sequence[Peer], totals: tuple[str, str]) -> list[Side]:
    """One round of visits: before every second of the others the empty page, which all are held to.

    It answers in so many frames or in one more, by turns: its median asks for the most visits.
    """
    empty = [peer.side(*totals) for peer in sides if peer.name == EMPTY]
    others = [peer.side(*totals) for peer in sides if peer.name != EMPTY]
    return [
        side for at, other in enumerate(others) for side in (*empty * (at % 2 == 0), other)
    ] + empty


def _visited(sides: Sequence[Peer], data: Path, folder: Path, runs: int, size: Size) -> None:
    """Serve some pages together, visit them by turns, then let fifty sessions use each alone."""
    totals = _totals(data)
    with ExitStack() as stack:
        servers = {peer.name: stack.enter_context(served(peer.app, folder)) for peer in sides}
        if any(peer.slow for peer in sides):  # one may be too slow, or die of too many cases
            _, failed = measure([peer.side(*totals) for peer in sides], 0, 1)
            if failed:
                size.failed.extend(failed)
                return
        times, failed = measure(_turns(sides, totals), runs, WARM_UPS)
        size.times.update(times)
        size.failed.extend(failed)
        for peer in sides:
            pid = servers[peer.name].pid
            size.memory[peer.name] = memory_mib(pid), memory_mib(pid, most=True)
            if peer.use:
                size.answers[peer.name] = throughput(peer.use, peer.url, pid)
                size.crowded[peer.name] = memory_mib(pid, most=True)


def measured(million: float, runs: int, slow_runs: int) -> Size:
    """Everything at one size."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made = make(folder, round(million * 1_000_000))
        times: Times = {}
        size = Size(made, _floor(made.data), times)
        sides = peers(made.data)
        _visited([peer for peer in sides if not peer.slow], made.data, folder, runs, size)
        for peer in sides:
            if peer.slow:  # each alone: what it holds must not slow the next
                try:
                    _visited([peer], made.data, folder, slow_runs, size)
                except (RuntimeError, OSError) as error:
                    size.failed.append(f"{peer.name}: {error}"[:300])
    return size


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=float, default=[1, 10, 100], help="millions")
    parser.add_argument("--runs", type=int, default=15, help="measured visits of each page")
    parser.add_argument("--slow-runs", type=int, default=3, help="of those that read every case")
    asked = parser.parse_args()
    try:
        load = os.getloadavg()[0]
        sizes = [measured(million, asked.runs, asked.slow_runs) for million in asked.sizes]
        text = report(sizes, asked.runs, asked.slow_runs, load)
        print(text)
        if asked.sizes == [1, 10, 100]:
            (ROOT / "bench" / "scale.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/scale.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
