"""From the start of the process: when the server listens, answers, is ready, and a page is painted.

Run `make bench-start`, or `python bench/start.py [--runs 9]`; the table is printed and written to
`bench/start.md`. It starts its own servers, on loopback, and always exits with 0.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from browser import PLAIN, PROBE, ROOT, STREAMLIT, chromium
from playwright.sync_api import Browser

PATIENCE = 90.0  # seconds
TARGET = 1.5
MOMENTS = {
    "listens": "listens", "document": "`GET /`", "live": "live", "ready": "ready",
    "painted": "page painted",
}  # fmt: skip
HELD = ("document", "live")  # to which the target applies


@dataclass(frozen=True)
class Start:
    """One server to start: its script, where it says that it lives and is ready, what its page shows.

    fresh: on an empty data folder each time, so that the shipped figures are released first
    """

    name: str
    script: str
    live: str
    ready: str
    numbers: str
    fresh: bool = False
    command: tuple[str, ...] = tuple(STREAMLIT)


_APP = ("app.py", "/healthz/live", "/healthz/ready")
_CARDS = "bench.shows('.tb-card-center_point_completed', '142')"
EMPTY = Start(
    "empty script", "bench/peers/empty_page.py", "/_stcore/health", "/_stcore/health",
    "bench.shows('.stMarkdown', '空页面 全部')", command=tuple(PLAIN),
)  # fmt: skip
APP = Start("app", *_APP, _CARDS)
FIRST = Start("app, first start", *_APP, _CARDS, fresh=True)
STARTS = (EMPTY, APP, FIRST)
Moments = Mapping[str, float]  # moment > seconds since the process was started


def free_port() -> int:
    """A port nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _given(port: int, path: str) -> bool:
    """Whether a path is answered with 200, where it leads at last."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        onward = answer.getheader("Location")
        if answer.status == 307 and onward:
            return _given(port, f"/{onward}")
        return answer.status == 200


def _when(begun: float, there: Callable[[], bool]) -> float:
    """Seconds from then until something is there."""
    while not there():
        if time.time() - begun > PATIENCE:
            raise TimeoutError
        time.sleep(0.003)
    return time.time() - begun


def _watched(start: Start, port: int, begun: float, browser: Browser) -> Moments:
    seen = {"listens": _when(begun, lambda: _listens(port))}
    seen["document"] = _when(begun, lambda: _given(port, "/"))
    seen["live"] = _when(begun, lambda: _given(port, start.live))
    with browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True
    ) as context:
        page = context.new_page()
        page.add_init_script(f"(() => {{{PROBE}bench.watch('load', () => {start.numbers});}})();")
        page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
        seen["ready"] = _when(begun, lambda: _given(port, start.ready))
        page.wait_for_function("'load' in bench.seen", polling=50, timeout=PATIENCE * 1000)
        painted = page.evaluate("performance.timeOrigin + bench.seen.load")  # the clock of all
        seen["painted"] = painted / 1000 - begun
    return seen


def started(start: Start, folder: Path, browser: Browser) -> Moments:
    """Start a server once, see when everything is there, and stop it."""
    port = free_port()
    command = [part.format(script=start.script, port=port) for part in start.command]
    with (folder / "server.log").open("wb") as out:
        begun = time.time()
        server = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=out, stderr=out,
            env=os.environ | {"TONGBAO_DATA": str(folder / "data")},
        )  # fmt: skip
        try:
            return _watched(start, port, begun, browser)
        finally:
            server.terminate()
            server.wait()


def measure(runs: int) -> dict[str, list[Moments]]:
    """Start all by turns, so that drift falls on each; the first round warms the file cache."""
    seen: dict[str, list[Moments]] = {start.name: [] for start in STARTS}
    with tempfile.TemporaryDirectory() as kept, chromium() as browser:
        for number in range(-1, runs):
            for start in STARTS:
                with tempfile.TemporaryDirectory() as fresh:
                    moments = started(start, Path(fresh if start.fresh else kept), browser)
                if number >= 0:
                    seen[start.name].append(moments)
    return seen


def _cell(seen: Sequence[Moments], empty: Sequence[Moments], moment: str) -> str:
    mine, base = (median(one[moment] for one in side) for side in (seen, empty))
    low, _, high = quantiles((one[moment] for one in seen), n=4)
    return f"{mine:.2f} ({low:.2f}–{high:.2f}) {mine / base:.2f}x"


def report(seen: dict[str, list[Moments]], runs: int, load: float) -> str:
    """The Markdown page."""
    empty = seen[EMPTY.name]

    def ratio(moment: str) -> float:
        return median(one[moment] for one in seen[APP.name]) / median(one[moment] for one in empty)

    lines = [
        "# From start to first page\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}, headless Chromium without GPU; "
        f"load average before: {load:.1f}",
        f"- {runs} starts of each by turns after one that warms the file cache; first start: on an "
        "empty data folder, where the shipped figures are released first",
        "- Seconds since the process was started: medians (quartiles), and times the empty script "
        "run by plain `streamlit run`. `GET /`: the start document, redirect included; the page, "
        "opened in a new profile once the server is live, is painted when its first numbers are\n",
        f"| server | {' | '.join(MOMENTS.values())} |",
        "|---" + "|---:" * len(MOMENTS) + "|",
    ]
    for name, moments in seen.items():
        lines.append(
            f"| {name} | {' | '.join(_cell(moments, empty, moment) for moment in MOMENTS)} |"
        )
    lines.append("")
    for moment in HELD:
        kept = "kept" if ratio(moment) <= TARGET else "NOT kept"
        lines.append(f"- {kept}: {MOMENTS[moment]} within {TARGET:g}x ({ratio(moment):.2f}x)")
    over = [m for m in MOMENTS if m not in HELD and ratio(m) > TARGET]
    if over:
        told = ", ".join(f"{MOMENTS[m]} ({ratio(m):.2f}x)" for m in over)
        lines.append(
            f"- not within {TARGET:g}x, and not held to it: {told}; ready means the release is loaded"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    asked = parser.parse_args()
    try:
        load = os.getloadavg()[0]
        text = report(measure(asked.runs), asked.runs, load)
        print(text)
        (ROOT / "bench" / "start.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/start.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
