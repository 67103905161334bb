"""总览 in a real browser beside an empty Streamlit page: load, and one filter change.

Run `make bench`, or `python bench/ui.py [--runs 15]` in the app's environment; the table is
printed and written to `bench/ui.md`. It starts its own servers and always exits with 0.
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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).resolve().parent.parent
WARM_UPS = 3  # browsers keep compiled script from the second load on
BROWSER_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SERVER_FLAGS = [
    "--server.headless=true", "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false", "--server.fileWatcherType=none",
]  # fmt: skip

# All clocks are the page's own, so the driver's latency is in no figure. A condition is looked at
# in every frame; the message sent from there arrives when that frame has been painted.
# A list option acts when the mouse button is let go, not when it is pressed.
PROBE = """
const bench = (window.bench = {seen: {}, released: 0});
addEventListener('pointerup', (event) => { bench.released = event.timeStamp; }, true);
bench.watch = (name, test) => requestAnimationFrame(function frame() {
  if (!test()) return void requestAnimationFrame(frame);
  const {port1, port2} = new MessageChannel();
  port1.onmessage = () => { bench.seen[name] = performance.now(); };
  port2.postMessage(null);
});
bench.shows = (selector, text) => {
  const found = document.querySelector(selector);
  return !!found && found.textContent.includes(text) && found.checkVisibility();
};
bench.charts = (count) => {
  const all = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  const drawn = (chart) => chart.checkVisibility() && !chart.closest('[data-stale="true"]')
    && chart.querySelector('canvas, svg .mark-rect path');
  return all.length === count && all.every(drawn) ? all : [];
};
bench.places = (chart) => [...chart?.querySelectorAll('.role-axis-label text') ?? []]
  .map((label) => label.textContent).filter((text) => isNaN(text)).join();
bench.quiet = (ms) => new Promise((resolve) => {
  let timer = setTimeout(resolve, ms);
  new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(resolve, ms); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
});
"""


@dataclass(frozen=True)
class Side:
    """One of the two apps. `moments`: `<phase>: <what is seen>` > the script that sees it."""

    name: str
    script: str
    port: int
    health: str
    filter: str
    option: str
    moments: Mapping[str, str]


EMPTY = Side(
    "empty page", "bench/peers/empty_page.py", 8610, "/_stcore/health", "filter", "乙",
    {"load: text": "bench.shows('.stMarkdown', '空页面 甲')",
     "filter change: text": "bench.shows('.stMarkdown', '空页面 乙')"},
)  # fmt: skip
APP = Side(
    "总览", "app.py", 8611, "/healthz", "district", "溧阳市",
    {"load: first numbers": "bench.shows('.tb-card-center_point_completed', '142')",
     "load: all charts": "bench.charts(2).length",
     "filter change: numbers": "bench.shows('.tb-card-center_point_upgraded', '58')",
     "filter change: all charts": "bench.places(bench.charts(2)[0]) === '溧阳市'"},
)  # fmt: skip
# Moments of 总览, and how many times the empty page's one text they may take.
TARGETS = {
    "load: first numbers": 1.3,
    "load: all charts": 2.0,
    "filter change: numbers": 1.3,
    "filter change: all charts": 3.0,
}
Times = dict[str, list[float]]  # moment > ms


def answers(url: str) -> bool:
    """Whether there is a healthy server."""
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def served(side: Side, folder: Path) -> Iterator[None]:
    """The side's server for as long as the block runs."""
    url, log = f"http://127.0.0.1:{side.port}{side.health}", folder / f"{side.port}.log"
    if answers(url):
        raise RuntimeError(f"port {side.port} is taken")
    command = [sys.executable, "-m", "streamlit", "run", side.script, f"--server.port={side.port}"]
    environment = os.environ | {"TONGBAO_DATA": str(folder / "data")}
    with log.open("wb") as out:
        server = subprocess.Popen(
            command + SERVER_FLAGS, cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        deadline = time.monotonic() + 90
        while not answers(url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{side.script} did not start:\n{log.read_text('utf-8')}")
            time.sleep(0.2)
        yield
    finally:
        server.kill()  # nothing of it is kept
        server.wait()


def watching(side: Side, phase: str) -> str:
    """The script that notes when each moment of a phase is first painted."""
    moments = [(name, test) for name, test in side.moments.items() if name.startswith(phase)]
    return "".join(f"bench.watch('{name}', () => {test});" for name, test in moments)


def seen(page: Page, count: int) -> dict[str, float]:
    """Wait for so many moments; their times on the page's clock."""
    page.wait_for_function("n => Object.keys(bench.seen).length >= n", arg=count, polling=100)
    return dict(page.evaluate("bench.seen"))


def visit(context: BrowserContext, side: Side) -> dict[str, float]:
    """Load the page in a new tab, let it settle, change the filter: all times of one visit."""
    with context.new_page() as page:
        page.goto(f"http://127.0.0.1:{side.port}/", wait_until="commit")
        load = seen(page, len(side.moments) // 2)
        page.evaluate("bench.quiet(500)")
        choice = page.locator(f".st-key-{side.filter}")
        option = choice.get_by_role("button", name=side.option, exact=True)
        if not option.count():  # a drop-down: open it
            choice.locator("input").click()
            option = page.get_by_role("option", name=side.option, exact=True)
            option.wait_for()
        page.evaluate("bench.quiet(300)")
        page.evaluate(f"() => {{{watching(side, 'filter change')}}}")
        option.click()
        times = seen(page, len(side.moments))
        start = page.evaluate("bench.released")
    return {name: at if name in load else at - start for name, at in times.items()}


def measure(browser: Browser, runs: int) -> tuple[Times, int]:
    """Visit both sides by turns, so that drift falls on both; times, and how many visits failed."""
    contexts = []
    for side in (EMPTY, APP):  # a profile each: neither warms the other's cache
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        context.add_init_script(f"(() => {{{PROBE}{watching(side, 'load')}}})();")
        contexts.append((side, context))
    times: Times = {name: [] for side, _ in contexts for name in side.moments}
    lost = 0
    for number in range(-WARM_UPS, runs):
        for side, context in contexts:
            try:
                visited = visit(context, side)
            except BrowserError as error:
                print(f"{side.name}, run {number + 1}: {error}", file=sys.stderr)
                lost += 1
                continue
            for name, value in visited.items() if number >= 0 else ():
                times[name].append(value)
    if not all(times.values()):
        raise RuntimeError("no visit of one of the pages succeeded")
    return times, lost


def row(moment: str, target: float, times: Times) -> str:
    """One line of the table."""
    base, own = times[f"{moment.split(':')[0]}: text"], times[moment]
    ratio = median(own) / median(base)
    figures = f"{median(base):.0f} | {median(own):.0f} | {ratio:.2f}x"
    return f"| {moment} | {figures} | ≤ {target}x | {'yes' if ratio <= target else 'no'} |"


def report(times: Times, lost: int, runs: int, chromium: str, load: float) -> str:
    """The Markdown page."""
    lines = [
        "# 总览 in the browser\n",
        f"- Date: {dt.datetime.now().astimezone().isoformat(' ', 'minutes')}",
        f"- Machine: {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}, Chromium {chromium} headless without GPU; "
        f"load average before: {load:.1f} (the ratios, too, are worse on a busy machine)",
        f"- Runs: {runs} of each, by turns, after {WARM_UPS} warm-ups; failed visits: {lost}",
        "- Each load: a new tab and session, HTTP cache warm, one browser profile for each page",
        "- Medians on the page's clock, from the start of the navigation or the release of the "
        "mouse button, until painted\n",
        "| measure | empty page (ms) | 总览 (ms) | ratio | target | ok |",
        "|---|---:|---:|---:|---:|---|",
        *(row(moment, target, times) for moment, target in TARGETS.items()),
        "\nQuartiles (ms), to judge the medians by:\n",
    ]
    for side in (EMPTY, APP):
        for name in side.moments:
            cuts = quantiles(times[name], method="inclusive") if len(times[name]) > 1 else ()
            lines.append(
                f"- {side.name}, {name}: {' / '.join(f'{cut:.0f}' for cut in cuts) or '—'}"
            )
    return "\n".join(lines) + "\n"


def run(runs: int) -> str:
    """Start both servers and the browser, measure, and stop them again."""
    load = os.getloadavg()[0]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for side in (EMPTY, APP):
            stack.enter_context(served(side, folder))
        playwright = stack.enter_context(sync_playwright())
        # Without a browser of the system's, Playwright takes its own.
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        stack.callback(browser.close)
        times, lost = measure(browser, runs)
        return report(times, lost, runs, browser.version, load)


def main() -> None:
    """Benchmarks report; they never fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="measured visits of each page")
    try:
        text = run(parser.parse_args().runs)
        print(text)
        (ROOT / "bench" / "ui.md").write_text(text, encoding="utf-8")
    except Exception:
        traceback.print_exc()
        print("not measured; bench/ui.md is as it was", file=sys.stderr)


if __name__ == "__main__":
    main()
