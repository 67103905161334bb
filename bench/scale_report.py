"""The page that `scale` writes: every size as a table, then the targets, kept or not."""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from statistics import median, quantiles

from browser import ROOT, Times
from closed_loop import LOOP_SECONDS, SESSIONS, Rate
from lakes import Made
from scale_sides import EMPTY, OURS

MOMENTS = ("load: numbers", "load: charts", "change: numbers", "change: charts")
OVER_CUBE = ("Dash, cube (express)", "Dash, cube (objects)", "Panel, cube")
NAIVE = "Streamlit, DuckDB a rerun"
MEMORY_MIB = 400


@dataclass
class Size:
    """What was measured at one size.

    floor:   DuckDB alone, all cases and 溧阳市 (ms);  times: side > visits (ms)
    memory:  side > after the visits and the most until then (MiB);  crowded: the most with fifty sessions
    answers: side > how fifty sessions were answered
    """

    made: Made
    floor: tuple[float, float]
    times: Times
    memory: dict[str, tuple[float, float]] = field(default_factory=dict)
    crowded: dict[str, float] = field(default_factory=dict)
    answers: dict[str, Rate] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """In millions."""
        return f"{self.made.rows / 1e6:g} M"

    def middle(self, side: str, moment: str) -> float:
        """The median (ms); no number where the side was never seen."""
        seen = [visit[moment] for visit in self.times.get(side, [])]
        return median(seen) if seen else float("nan")

    def ratio(self, side: str, moment: str) -> float:
        """To the empty page's one text."""
        base = self.middle(EMPTY, f"{moment.partition(':')[0]}: numbers")
        return self.middle(side, moment) / base


def _row(size: Size, side: str) -> str:
    cells = []
    for moment in MOMENTS:
        seen = [visit[moment] for visit in size.times[side]]
        if not seen:
            cells += ["—", "—"]
            continue
        cuts = quantiles(seen, method="inclusive") if len(seen) > 1 else seen * 3
        cells += [
            f"{cuts[1]:.0f} ({cuts[0]:.0f}–{cuts[2]:.0f})",
            f"{size.ratio(side, moment):.2f}x",
        ]
    rest, most = size.memory.get(side, (0, 0))
    crowd = f" > {size.crowded[side]:.0f}" if side in size.crowded else ""
    cells.append(f"{rest:.0f} > {most:.0f}{crowd}" if most else "—")
    rate = size.answers.get(side)
    cells += [f"{rate.answers:.1f}", f"{rate.cost:.0f}"] if rate else ["—", "—"]
    return f"| {side} | {' | '.join(cells)} |"


def _table(size: Size) -> Iterator[str]:
    made = size.made
    yield f"\n## {size.name}\n"
    yield (
        f"- Invented in {made.invented:.0f} s, dropped (read, checked, summed, released) in "
        f"{made.dropped:.0f} s with at most {made.memory:.0f} MiB"
    )
    yield (
        f"- Floor: the peers' five aggregates by DuckDB alone, warm: {size.floor[0]:.0f} ms of all "
        f"cases, {size.floor[1]:.0f} ms of 溧阳市\n"
    )
    heads = "".join(f" {moment} | |" for moment in MOMENTS)
    yield f"| page |{heads} memory (MiB) | answers/s | CPU each (ms) |"
    yield "|---" + "|---:" * (2 * len(MOMENTS) + 3) + "|"
    yield from (_row(size, side) for side in size.times)
    yield from (f"\nFailed: {' '.join(text.split())[:200]}" for text in size.failed[:5])


def _verdict(found: float, limit: float, what: str, at_least: bool = False) -> str:
    kept = found >= limit if at_least else found <= limit
    sign, unit = ("≥" if at_least else "≤"), " MiB" if limit == MEMORY_MIB else "x"
    shown = f"{found:.0f}" if limit == MEMORY_MIB else f"{found:.2f}"
    return f"| {what} | {sign} {limit:g}{unit} | {shown}{unit} | {'✓' if kept else '✗'} |"


def _of_size(size: Size) -> Iterator[str]:
    for moment, limit in (
        ("load: numbers", 1.3),
        ("change: numbers", 1.2),
        ("change: charts", 1.75),
    ):
        yield _verdict(size.ratio(OURS, moment), limit, f"{size.name}: {moment}, to the empty page")
    for peer in OVER_CUBE:
        for moment in ("change: numbers", "change: charts", "load: numbers", "load: charts"):
            found = size.middle(OURS, moment) / size.middle(peer, moment)
            yield _verdict(found, 1, f"{size.name}: {moment}, to {peer}")
    for peer in OVER_CUBE[:2]:
        if peer in size.answers:
            found = size.answers[OURS].answers / size.answers[peer].answers
            yield _verdict(found, 1.5, f"{size.name}: answers a second, to {peer}", at_least=True)
    memory = max(size.memory[OURS][1], size.crowded.get(OURS, 0))
    yield _verdict(memory, MEMORY_MIB, f"{size.name}: memory of the server, the most ever")


def _targets(sizes: Sequence[Size]) -> Iterator[str]:
    yield "\n## Targets\n"
    yield "| what | target | found | |"
    yield "|---|---:|---:|---|"
    for size in sizes:
        yield from _of_size(size)
    first, last = sizes[0], sizes[-1]
    if first is not last:
        for moment in MOMENTS:
            found = last.middle(OURS, moment) / first.middle(OURS, moment)
            yield _verdict(found, 1.3, f"{moment} at {last.name}, to {first.name}")
    for moment in ("change: numbers", "change: charts"):
        found = last.middle(NAIVE, moment) / last.middle(OURS, moment)
        yield _verdict(found, 8, f"{last.name}: {moment}, faster than {NAIVE}", at_least=True)


def _pinned() -> str:
    text = (ROOT / "bench" / "peers" / "requirements.txt").read_text()
    return ", ".join(
        f"{name} {number}" for name, number in re.findall(r"^(\S+)==(\S+)", text, re.M)
    )


def report(sizes: Sequence[Size], runs: int, slow_runs: int, load: float) -> str:
    """The Markdown page."""
    lines = [
        "# 预警台账 by number of cases\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, Streamlit "
        f"{version('streamlit')}, DuckDB {version('duckdb')}, pandas {version('pandas')}; peers: "
        f"{_pinned()}; headless Chromium without GPU; load average before: {load:.1f}",
        f"- {runs} visits of each side by turns after a warm-up, {len(sizes[0].times[EMPTY])} of the "
        f"empty page, {slow_runs} of those that read every case on each choice. A visit is a new tab "
        "and session; the choice is 溧阳市",
        "- Medians (quartiles) on the page's clock (ms), from the start of the navigation or the "
        "release of the mouse button, until painted; charts: until none changes any more; ratios are "
        "to the one text of the empty page, by Streamlit as it comes",
        "- All peers show the same six figures, three charts and one table of ten rows; 预警台账 shows "
        "these and more (ages, channels, repeats, worst items), as tables with bars",
        "- Memory is the server process's: after the visits > the most by then > the most with "
        f"{SESSIONS} sessions. Each chooses one of the 127 sets of districts at random, and another "
        f"as soon as it is answered, for {LOOP_SECONDS:g} s, "
        "from the same machine; Dash by the request its browser would make, behind waitress",
        *(line for size in sizes for line in _table(size)),
        *_targets(sizes),
    ]
    return "\n".join(lines) + "\n"
