"""Every question asked of DuckDB and of a small Spark on this machine: the same answers, and how long each took.

Run `make parity`. It runs `tests/parity` to its end and writes `bench/parity.md`; its exit code is theirs.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "bench" / "parity.md"


@dataclass
class Question:
    """How often a question was asked, of how many rows in all, and the seconds each engine took."""

    right: list[bool] = field(default_factory=list)
    rows: int = 0
    duckdb: list[float] = field(default_factory=list)
    spark: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        """A row of the table."""
        equal = sum(self.right)
        took = f"{median(self.duckdb):.3f} | {median(self.spark):.2f}" if self.spark else "— | —"
        return f"| {name} | {len(self.right)} | {self.rows:,} | {equal} | {took} |"


def tests_run(listed: Path) -> int:
    """Run the tests of parity into a JUnit file; pytest's exit code."""
    command = [
        sys.executable, "-m", "pytest", "-m", "parity", "-p", "no:xdist", "tests/parity",
        f"--junitxml={listed}",
    ]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def said(test: ElementTree.Element) -> dict[str, str]:
    """What a test told about itself."""
    return {one.get("name", ""): one.get("value", "") for one in test.iter("property")}


def passed(test: ElementTree.Element) -> bool:
    """Whether a test ran and held."""
    return not any(test.find(kind) is not None for kind in ("failure", "error", "skipped"))


def questions(tests: Iterable[ElementTree.Element]) -> dict[str, Question]:
    """Name > what was found, in the order they were asked."""
    found: dict[str, Question] = defaultdict(Question)
    for test in tests:
        told = said(test)
        if "question" not in told:
            continue
        question = found[told["question"]]
        question.right.append(passed(test))
        question.rows += int(told.get("rows", "0"))
        for engine, took in (("duckdb", question.duckdb), ("spark", question.spark)):
            took += [float(told[name])] if (name := f"{engine} seconds") in told else []
    return found


def java() -> str:
    """The version of the Java that Spark runs on."""
    told = subprocess.run(["java", "-version"], text=True, capture_output=True, check=False).stderr
    return (re.findall(r'version "([^"]+)"', told) or ["unknown"])[0]


def report(tests: list[ElementTree.Element], load: float) -> str:
    """The Markdown page."""
    others = [test for test in tests if "question" not in said(test)]
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyspark", "sqlglot"))
    lines = [
        "# The same answers from two engines\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, {versions}, Java {java()}; "
        f"load average before: {load:.1f}",
        "- Spark: a standalone master, two workers of one core and 512 MiB, a Connect server, all on "
        "loopback of this machine, which they share with DuckDB",
        "- Lake: the shipped figures; with 40,000 made-up cases in two periods; a proposal on top of them",
        "- Equal: same columns, types, order of rows, and values to the last digit; shares (floating "
        "point) to 1e-12 of their size. No question is a quantile: p50 and p90 are counted out of whole days\n",
        "| question | asked | rows in all | equal | DuckDB, median (s) | Spark, median (s) |",
        "|---|---:|---:|---:|---:|---:|",
        *(found.line(name) for name, found in questions(tests).items()),
        "\n| besides | held |",
        "|---|---|",
        *_besides(others),
    ]
    return "\n".join(lines) + "\n"


def _besides(tests: Iterable[ElementTree.Element]) -> Iterator[str]:
    """A line for what tests of one name, which is a sentence, hold beside the answers."""
    found: dict[str, list[bool]] = defaultdict(list)
    for test in tests:
        name = test.get("name", "").removeprefix("test_").partition("[")[0].replace("_", " ")
        told = [value for key, value in said(test).items() if key.endswith("seconds")]
        found[name + "".join(f" ({value} s)" for value in told)].append(passed(test))
    return (f"| {name} | {sum(held)} of {len(held)} |" for name, held in found.items())


def main() -> int:
    """Run, write, and say whether all held."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "tests.xml"
        code = tests_run(listed)
        tests = list(ElementTree.parse(listed).iter("testcase"))
    if code in (0, 1) and not any(test.find("skipped") is not None for test in tests):
        REPORT.write_text(report(tests, load), encoding="utf-8")
        print(REPORT.read_text(encoding="utf-8"))
    return code


if __name__ == "__main__":
    sys.exit(main())
