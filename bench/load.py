"""Fifty open sessions that use the filters: how long a run takes, what it costs, what memory it holds.

Run `make bench-load`, or `python bench/load.py [--sessions 50] [--minutes 2]`; the table is printed
and written to `bench/load.md`. It starts its own servers, on loopback, and always exits with 0.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import os
import platform
import random
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

from browser import PLAIN, ROOT, App, served
from sessions import Session, token

THINK_SECONDS = 10.0
OPENING_SECONDS = 2.0
PAGES = (
    "", "benefits", "centers", "staff", "online", "indicators", "warnings", "supervision",
    "district", "department", "trend", "verify", "trace",
)  # fmt: skip
DISTRICTS = ("溧阳市", "金坛区", "武进区", "新北区", "天宁区", "钟楼区", "经开区")
APPS = {
    "empty page": App("bench/peers/empty_page.py", 8620, "/_stcore/health", PLAIN),
    "app": App("app.py", 8621, "/healthz"),
}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Outcome:
    """What the sessions saw (s), and what the server used for it."""

    opened: list[float] = field(default_factory=list)
    runs: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    cpu: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)  # before anybody came, and the most (MiB)

    @property
    def cpu_ms(self) -> float:
        """Processor time of the server for one run (ms)."""
        return self.cpu / max(1, len(self.runs)) * 1000


def cpu_seconds(pid: int) -> float:
    """Processor time the server's process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid: int, most: bool = False) -> float:
    """Resident memory of the server's process, or the most it ever was."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(rf"{'VmHWM' if most else 'VmRSS'}:\s+(\d+) kB", status)[0]) / 1024


async def _use(url: str, page: str, number: int, count: int, seconds: float, seen: Outcome) -> None:
    """One person: opens a page, then thinks and chooses other districts, again and again."""
    chance = random.Random(number)
    try:
        await asyncio.sleep(OPENING_SECONDS * number / count)
        async with Session(url, page, token(url)) as session:
            seen.opened.append(await session.run())
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                await asyncio.sleep(chance.expovariate(1 / THINK_SECONDS))
                session.choose("district", *chance.sample(DISTRICTS, chance.choice((0, 1, 1, 2))))
                seen.runs.append(await session.run())
            seen.received += session.received
            if session.exceptions:
                seen.errors.append(f"{page}: {session.exceptions} exceptions shown")
    except Exception as error:
        seen.errors.append(f"{page}: {type(error).__name__}: {error}"[:200])


async def _everybody(url: str, pages: Sequence[str], count: int, seconds: float) -> Outcome:
    seen = Outcome()
    users = (
        _use(url, pages[number % len(pages)], number, count, seconds, seen)
        for number in range(count)
    )
    await asyncio.gather(*users)
    return seen


def measure(name: str, count: int, seconds: float, folder: Path) -> Outcome:
    """Serve one app, let everybody use it, and see what it took."""
    app = APPS[name]
    with served(app, folder) as server:
        before, used = memory_mib(server.pid), cpu_seconds(server.pid)
        pages = PAGES if name == "app" else ("",)
        seen = asyncio.run(_everybody(f"http://127.0.0.1:{app.port}", pages, count, seconds))
        seen.cpu = cpu_seconds(server.pid) - used
        seen.memory = before, memory_mib(server.pid, most=True)
    return seen


def at(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] if ordered else 0.0


def _row(name: str, seen: Outcome) -> str:
    cells = (
        f"{at(seen.opened, 0.95):.2f}", f"{median(seen.runs):.3f}", f"{at(seen.runs, 0.95):.3f}",
        f"{max(seen.runs):.3f}", f"{seen.cpu_ms:.0f}", f"{seen.memory[0]:.0f} > {seen.memory[1]:.0f}",
        f"{len(seen.runs)}", f"{len(seen.errors)}",
    )  # fmt: skip
    return f"| {name} | {' | '.join(cells)} |"


def report(seen: dict[str, Outcome], count: int, load: float) -> str:
    """The Markdown page."""
    app = seen["app"]
    kept = (
        ("one run costs ≤ 60 ms of processor time", app.cpu_ms <= 60),
        ("95 of 100 runs end within 1.0 s", at(app.runs, 0.95) <= 1.0),
        ("no errors", not app.errors),
    )
    lines = [
        f"# {count} open sessions\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}; load average before: {load:.1f}",
        f"- Sessions open within {OPENING_SECONDS:g} s, each on one of {len(PAGES)} pages by turns, "
        f"and choose other districts every {THINK_SECONDS:g} s on average",
        "- A run is timed from the message that asks for it to the one that ends it; processor time "
        "and memory are the server's, opening included\n",
        "| server | opened, p95 (s) | run, median (s) | run, p95 (s) | slowest (s) | CPU a run (ms) "
        "| memory, at first > most (MiB) | runs | errors |",
        "|---" + "|---:" * 8 + "|",
        *(_row(name, outcome) for name, outcome in seen.items()),
        "",
        *(f"- {'kept' if good else 'NOT kept'}: {target}" for target, good in kept),
        *(f"- {error}" for error in app.errors[:5]),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=2.0)
    asked = parser.parse_args()
    try:
        load = os.getloadavg()[0]
        with tempfile.TemporaryDirectory() as folder:
            seen = {
                name: measure(name, asked.sessions, asked.minutes * 60, Path(folder))
                for name in APPS
            }
        text = report(seen, asked.sessions, load)
        print(text)
        (ROOT / "bench" / "load.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/load.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
