"""What was tried to break the app, and how it held: cases, faults, files, roles, sessions, memory.

Run `make bench-reliability`, or `python bench/reliability.py [--minutes 2] [--soak]`: it runs every
test that drives one of the security cases, then fills the server with sessions. The table is printed
and written to `bench/reliability.md`. It always exits with 0.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from browser import ROOT
from load import Outcome, at, measure

CASES = range(1, 71)
COUNTS = ("fault runs", "verified reads", "fuzzed files", "access cells")  # what tests say they did
CROWD, FULL = 50, 100  # sessions
MOST_OPENING, MOST_RUN, MOST_MIB = 5.0, 1.0, 600.0
Row = tuple[str, str, str, bool | None]  # what, figure, target, whether it is kept


@dataclass
class Tried:
    """The tests of one run, by the cases they drive."""

    driven: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    broken: dict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    files: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    counts: Counter[str] = field(default_factory=Counter)
    tests: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def passed(self, case: int) -> bool:
        """Whether a case is closed: its tests pass, and its broken variants are caught."""
        found = (self.driven[case], self.broken[case])
        return all(tests and all(tests) for tests in found)


def tried(soak: bool) -> Tried:
    """Run the tests of all cases, and read what they say."""
    marks = "(case or broken)" + ("" if soak else " and not soak")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "tests.xml"
        command = [
            sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-m", marks,
            "--timeout", "3600", f"--junitxml={listed}",
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=False)
        return _read(ElementTree.parse(listed))


def _read(tree: ElementTree.ElementTree) -> Tried:
    seen = Tried()
    for test in tree.iter("testcase"):
        name = f"{test.get('classname')}.{test.get('name')}"
        bad = test.find("failure") is not None or test.find("error") is not None
        gone = test.find("skipped") is not None
        seen.tests += 1
        seen.failed += [name] if bad else []
        seen.skipped += [name] if gone else []
        for said in test.iter("property"):
            key, value = said.get("name", ""), said.get("value", "")
            if key in COUNTS:
                seen.counts[key] += int(value)
            elif key in ("case", "broken"):
                kind = seen.driven if key == "case" else seen.broken
                kind[int(value)].append(not bad and not gone)
                seen.files[int(value)].add(_file(test.get("classname", "")))
    return seen


def _file(dotted: str) -> str:
    """The test file of a dotted name: tests.access.test_ways.TestX > access/test_ways."""
    parts = dotted.split(".")
    last = next(n for n, part in enumerate(parts) if part.startswith("test_"))
    return "/".join(parts[1 : last + 1])


def _cases(seen: Tried) -> list[Row]:
    closed = [case for case in CASES if seen.passed(case)]
    variants = sum(len(tests) for tests in seen.broken.values())
    return [
        ("cases closed", f"{len(closed)} of {len(CASES)}", "all", len(closed) == len(CASES)),
        ("tests of them", f"{seen.tests}, {len(seen.failed)} failed, {len(seen.skipped)} skipped", "none failed", not seen.failed),
        ("broken variants caught", f"{variants}", "", None),
        *((name, f"{seen.counts[name]}", "", None) for name in COUNTS),
    ]  # fmt: skip


def _sessions(crowd: Outcome, full: Outcome) -> list[Row]:
    opening, run, memory = at(crowd.opened, 0.95), at(crowd.runs, 0.95), full.memory[1]
    errors = len(crowd.errors) + len(full.errors)
    return [
        (f"{CROWD} sessions open within 2 s, 95 of 100 within", f"{opening:.2f} s", f"≤ {MOST_OPENING:g} s", opening <= MOST_OPENING),
        (f"{CROWD} sessions, 10 s to think: 95 of 100 runs within", f"{run:.3f} s of {len(crowd.runs)} runs", f"≤ {MOST_RUN:g} s", run <= MOST_RUN),
        (f"memory with {FULL} sessions", f"{memory:.0f} MiB", f"≤ {MOST_MIB:g} MiB", memory <= MOST_MIB),
        ("errors of sessions", f"{errors}", "0", errors == 0),
    ]  # fmt: skip


def report(seen: Tried, sessions: Mapping[int, Outcome], load: float) -> str:
    """The Markdown page."""
    rows = [*_cases(seen), *_sessions(sessions[CROWD], sessions[FULL])]
    open_cases = [str(case) for case in CASES if not seen.passed(case)]
    said = {True: "kept", False: "NOT kept", None: ""}
    lines = [
        "# How it holds\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}; load average before: {load:.1f}",
        "- A case is closed when the tests that drive it pass and at least one deliberately broken "
        "variant of what guards it is caught by the same check\n",
        "| what | figure | target | |",
        "|---|---:|---:|---|",
        *(
            f"| {what} | {figure} | {target} | {said[kept]} |"
            for what, figure, target, kept in rows
        ),
        "",
        *([f"- Open cases: {', '.join(open_cases)}"] if open_cases else []),
        *(f"- Failed: {name}" for name in seen.failed),
        *(f"- Skipped: {name}" for name in seen.skipped),
        *(f"- {error}" for held in sessions.values() for error in held.errors[:5]),
    ]
    lines += ["\n| case | tests | broken variants | in |", "|---:|---:|---:|---|"]
    for case in CASES:
        counts = f"{len(seen.driven[case])} | {len(seen.broken[case])}"
        lines.append(f"| {case} | {counts} | {', '.join(sorted(seen.files[case]))} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="of use, for each crowd")
    parser.add_argument("--soak", action="store_true", help="the long tests, too")
    asked = parser.parse_args()
    try:
        load = os.getloadavg()[0]
        sessions = {}
        for count in (CROWD, FULL):
            with tempfile.TemporaryDirectory() as folder:
                sessions[count] = measure("app", count, asked.minutes * 60, Path(folder))
        text = report(tried(asked.soak), sessions, load)
        print(text)
        (ROOT / "bench" / "reliability.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/reliability.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
