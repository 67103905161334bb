"""Every page in a real browser beside an empty Streamlit page and a plain Dash page.

Run `make bench`, or `python bench/ui.py [--runs 15] [--only 总览]` in the bench's environment; the
table is printed and, where every page was measured, written to `bench/ui.md`. It starts its own
servers and always exits with 0.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from browser import PLAIN, ROOT, App, Side, Times, measure, served

WARM_UPS = 1
STRETCH = 7  # pages between two visits of the empty ones
PEERS = str(ROOT / ".venv-peers" / "bin" / "python")  # made by `make bench`
DASH_VERSION = re.findall(
    r"dash==(\S+)", (ROOT / "bench" / "peers" / "requirements.txt").read_text()
)[0]
EMPTY_PORT, APP_PORT, DASH_PORT = 8610, 8611, 8612
APPS = (
    App("bench/peers/empty_page.py", EMPTY_PORT, "/_stcore/health", PLAIN),
    App("app.py", APP_PORT, "/healthz"),
    App("bench/peers/dash_page.py", DASH_PORT, "/", ["{script}"], PEERS),
)
# Moments, and how many times the empty page's one text they may take.
TARGETS = {
    "load: numbers": 1.3,
    "load: charts": 2.0,
    "change: numbers": 1.3,
    "change: charts": 3.0,
}
LIYANG = (".st-key-district", "溧阳市")
EDUCATION = (".st-key-department", "市教育局")
# Where the filter changes no figure of a page: its run has taken the choice into the address. (When
# the run has ended, which counts as its charts, comes later.)
NOTED = "location.search.includes('district=')"


def _shows(selector: str, text: str, instead: str = "") -> str:
    return f"bench.shows('{selector}', '{text}', '{instead}')"


def _page(
    name: str, path: str, numbers: str, choose: tuple[str, str], after: str,
    charts: tuple[int, int] = (0, 0),
) -> Side:  # fmt: skip
    return Side(name, path, APP_PORT, numbers, choose, after, charts)


def _empty(name: str, path: str) -> Side:
    shows = [_shows(".stMarkdown", f"空页面 {what}") for what in ("全部", "乙")]
    return Side(name, path, EMPTY_PORT, shows[0], (".st-key-filter", "乙"), shows[1])


# A choice costs what its widget costs: pages are held to the empty page with the same one.
EMPTY, EMPTY_LIST = _empty("空页面", ""), _empty("空页面，列表选择", "?by=list")
DASH = Side(
    "Dash", "", DASH_PORT, _shows("#cards", "便利站 200"), ("#district", "溧阳市"),
    _shows("#cards", "便利站 35"), (2, 2),
)  # fmt: skip
TABLE, TITLE = ".tb-table", "[data-testid=stMain] h1"
PAGES = (
    _page("总览", "", _shows(".tb-card-center_point_completed", "142"), LIYANG, _shows(".tb-card-center_point_upgraded", "58"), (2, 2)),
    _page("会议演示", "meeting", _shows(TITLE, "会议演示"), LIYANG, NOTED),
    _page("苏企通与重点工作", "benefits", _shows(TABLE, "近3亿元"), LIYANG, NOTED, (2, 2)),
    _page("服务阵地", "centers", _shows(TABLE, "142"), LIYANG, _shows(TABLE, "所选地区合计"), (2, 2)),
    _page("畅通办专员", "staff", _shows(TABLE, "775"), LIYANG, _shows(TABLE, "溧阳市", "金坛区"), (1, 1)),
    _page("一网通办", "online", _shows(TABLE, "76"), LIYANG, NOTED, (2, 2)),
    _page("主要指标", "indicators", _shows(TABLE, "85.40%"), LIYANG, _shows(TABLE, "85.40%", "金坛区"), (5, 5)),
    _page("网办预警", "warnings", _shows(".tb-card-warning_count", "140"), EDUCATION, _shows(".tb-card-warning_count", "31", "涉及16个部门"), (1, 1)),
    _page("互联网+监管", "supervision", _shows(TABLE, "市档案局"), EDUCATION, _shows(TABLE, "市教育局", "市档案局"), (5, 5)),
    _page("辖区画像", "district", _shows(TABLE, "85.40%"), LIYANG, _shows(TITLE, "溧阳市｜"), (3, 3)),
    _page("部门画像", "department", _shows(TABLE, "31件"), EDUCATION, _shows(TITLE, "市教育局｜"), (4, 3)),
    _page("对比与趋势", "trend", _shows(TABLE, "140件"), EDUCATION, _shows(TABLE, "31件", "市民政局"), (1, 1)),
    _page("提醒", "notices", _shows(TABLE, "23件"), EDUCATION, _shows("[data-testid=stMain]", "只列与市教育局")),
    _page("数据核验", "verify", _shows(TABLE, "201个"), LIYANG, _shows("[data-testid=stMain]", "只列与溧阳市")),
    _page("数字溯源", "trace", _shows(TABLE, "142个"), LIYANG, _shows(TABLE, "溧阳市", "金坛区")),
    _page("指标口径", "dictionary", _shows(TITLE, "指标口径"), LIYANG, NOTED),
    _page("操作日志", "audit", _shows(TABLE, "R0001"), LIYANG, NOTED),
    _page("数据上报", "upload", _shows(TITLE, "数据上报"), LIYANG, NOTED),
    _page("填报模板", "templates", _shows(TITLE, "填报模板"), LIYANG, NOTED),
    _page("快照版本", "releases", _shows(TABLE, "R0001"), LIYANG, NOTED),
    _page("图表样例", "gallery", _shows(TABLE, "甲区"), LIYANG, NOTED, (7, 7)),
)  # fmt: skip


def _middle(times: Times, side: str, moment: str) -> float:
    return median(visit[moment] for visit in times[side])


def _row(side: Side, times: Times) -> tuple[str, bool]:
    """One line of the table, and whether every moment is within its target."""
    cells, kept = [], True
    for moment, target in TARGETS.items():
        empty = EMPTY_LIST if side.choose == EDUCATION else EMPTY
        base = _middle(times, empty.name, moment.split(":")[0] + ": numbers")
        own = _middle(times, side.name, moment)
        ratio = own / base
        kept &= ratio <= target
        cells.append(f"{own:.0f} | {ratio:.2f}x{'' if ratio <= target else ' ✗'}")
    return f"| {side.name} | {' | '.join(cells)} |", kept


def _quartiles(times: Times, side: str, moment: str) -> str:
    values = [visit[moment] for visit in times[side]]
    cuts = quantiles(values, method="inclusive") if len(values) > 1 else values
    return " / ".join(f"{cut:.0f}" for cut in cuts)


def report(times: Times, failed: Sequence[str], runs: int, load: float) -> str:
    """The Markdown page."""
    shown = [side for side in (*PAGES, DASH) if times.get(side.name)]
    rows = {side.name: _row(side, times) for side in shown}
    within = sum(kept for name, (_, kept) in rows.items() if name != DASH.name)
    base = {m: _middle(times, EMPTY.name, f"{m}: numbers") for m in ("load", "change")}
    chosen = _middle(times, EMPTY_LIST.name, "change: numbers")
    lines = [
        "# Every page in the browser\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}, Dash {DASH_VERSION}, headless Chromium without GPU; "
        f"load average before: {load:.1f}",
        f"- {runs} visits of each side by turns after {WARM_UPS} warm-ups, of the empty pages "
        f"{len(times[EMPTY.name])}; failed: {len(failed)}. "
        "A visit is a new tab and session, HTTP cache warm, one browser profile an app",
        "- Medians on the page's clock (ms), from the start of the navigation or the release of "
        "the mouse button, until painted; charts: until none changes any more",
        "- A ratio is to the one text of the empty page, by Streamlit as it comes, in the same run: "
        f"{base['load']:.0f} ms to load, {base['change']:.0f} ms after a choice by a button; "
        f"{chosen:.0f} ms after a choice in a list, to which pages that choose departments are held",
        "- Where a choice changes no figure of a page, its numbers are there once the address holds "
        "the choice, its charts once the run has ended",
        f"- Within all four targets: {within} of {len(shown) - (DASH.name in rows)} pages. The Dash "
        "page shows 总览's figures with two charts\n",
        "| page | "
        + " | ".join(f"{moment} | ≤ {target}x" for moment, target in TARGETS.items())
        + " |",
        "|---" + "|---:" * 2 * len(TARGETS) + "|",
        *(row for row, _ in rows.values()),
        "\nQuartiles (ms), to judge the medians by:\n",
        "| side | " + " | ".join(TARGETS) + " |",
        "|---" + "|---" * len(TARGETS) + "|",
    ]
    for side in (EMPTY, EMPTY_LIST, *shown):
        cuts = (_quartiles(times, side.name, moment) for moment in TARGETS)
        lines.append(f"| {side.name} | {' | '.join(cuts)} |")
    return "\n".join(lines) + "\n"


def run(runs: int, only: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Start the servers, measure, and stop them again; the page, and what failed."""
    load = os.getloadavg()[0]
    pages = [page for page in PAGES if not only or page.name in only]
    # All are held to the empty ones, whose medians fall on one frame or the next: they are visited more often.
    stretches = (pages[start : start + STRETCH] for start in range(0, len(pages), STRETCH))
    sides = [DASH, *(side for some in stretches for side in (EMPTY, EMPTY_LIST, *some))]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for app in APPS:
            stack.enter_context(served(app, folder))
        times, failed = measure(sides, runs, WARM_UPS)
    return report(times, failed, runs, load), failed


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="measured visits of each page")
    parser.add_argument("--only", nargs="*", default=[], help="pages to measure, by title")
    asked = parser.parse_args()
    try:
        text, failed = run(asked.runs, asked.only)
        print(text, *failed, sep="\n")
        if not asked.only:
            (ROOT / "bench" / "ui.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/ui.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
