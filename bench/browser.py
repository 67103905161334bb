"""Servers side by side in one real browser: when a page shows its numbers and its charts.

All clocks are the page's own, so the driver's latency is in no figure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).resolve().parent.parent
BROWSER_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
STREAMLIT = [
    "-m", "streamlit", "run", "{script}", "--server.port={port}", "--server.headless=true",
    "--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none",
]  # fmt: skip
# Streamlit as it comes: servers beside ours start in this folder, too, but do not share its settings' gain.
PLAIN = [*STREAMLIT, "--runner.postScriptGC=true"]
QUIET_MS = 600  # nothing changed for so long: the page has come to rest
READING_MS = 1_200  # before a choice is made

# A condition is looked at in every frame, charts when they change; the message sent from there
# arrives when that frame has been painted. A choice acts when the mouse button is let go.
PROBE = """
const bench = (window.bench = {seen: {}, charts: 0, released: 0, changed: 0});
const CHARTS = '[data-testid="stVegaLiteChart"], .js-plotly-plot, .tb-panel';
const roots = [document];
const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)])
  .filter((found) => found.isConnected);
addEventListener('pointerup', (event) => { bench.released = event.timeStamp; }, true);
const painted = (note) => requestAnimationFrame(() => {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = note;
  port2.postMessage(null);
});
bench.watch = (name, test) => requestAnimationFrame(function frame() {
  if (!test()) return void requestAnimationFrame(frame);
  const {port1, port2} = new MessageChannel();
  port1.onmessage = () => { bench.seen[name] = performance.now(); };
  port2.postMessage(null);
});
bench.shows = (selector, text, instead) => {
  const [found] = all(selector);
  return !!found && found.textContent.includes(text)
    && !(instead && found.textContent.includes(instead)) && found.checkVisibility();
};
bench.drawn = (count) => {
  const charts = all(CHARTS);
  return (count < 0 ? charts.length > 0 : charts.length === count)
    && charts.every((chart) => chart.querySelector('svg text, p'));
};
bench.ended = () =>
  document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'running';
bench.at_rest = () => performance.now() - bench.changed > QUIET;
const drawn = (node) => node.nodeType === 1 && (node.matches(CHARTS) || node.querySelector(CHARTS));
const watcher = new MutationObserver((changes) => {
  bench.changed = performance.now();
  const touched = changes.some(({target, attributeName, addedNodes}) =>
    [...addedNodes].some(drawn) || (target.nodeType === 1 && (
      target.closest(CHARTS) || (attributeName === 'data-stale' && target.querySelector(CHARTS)))));
  if (touched) painted(() => { bench.charts = performance.now(); });
});
const watch = (root) =>
  watcher.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
watch(document);
const {attachShadow} = Element.prototype;  // Panel puts everything into shadow trees
Element.prototype.attachShadow = function (how) {
  const root = attachShadow.call(this, how);
  roots.push(root);
  watch(root);
  return root;
};
""".replace("QUIET", str(QUIET_MS))


@dataclass(frozen=True)
class Side:
    """One page of one app.

    numbers: a script that is true when the first numbers can be read
    charts:  how many charts the page has, and has after the choice; -1 where it is not known
    choose:  the widget and the option that change the filter
    after:   a script that is true when the numbers are those of the choice
    """

    name: str
    path: str
    port: int
    numbers: str
    choose: tuple[str, str]
    after: str
    charts: tuple[int, int] = (0, 0)
    patience: float = 20  # seconds


@dataclass(frozen=True)
class App:
    """A server to start: its script, how it is run (by which Python), where it says that it is well.

    environment: what it is told beside its port and an empty data folder
    """

    script: str
    port: int
    health: str
    command: Sequence[str] = field(default_factory=lambda: STREAMLIT)
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=dict)


Visit = dict[str, float]  # moment > ms
Times = dict[str, list[Visit]]  # side > its visits


def answers(url: str) -> bool:
    """Whether there is a healthy server."""
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def served(app: App, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The app's server for as long as the block runs, on a data folder of its own."""
    url, log = f"http://127.0.0.1:{app.port}{app.health}", folder / f"{app.port}.log"
    if answers(url):
        raise RuntimeError(f"port {app.port} is taken")
    command = [part.format(script=app.script, port=app.port) for part in app.command]
    told = {"TONGBAO_DATA": str(folder / "data"), "PORT": str(app.port)} | dict(app.environment)
    with log.open("wb") as out:
        server = subprocess.Popen(
            [app.python, *command], cwd=ROOT, env=os.environ | told, stdout=out, stderr=out
        )
    try:
        deadline = time.monotonic() + 90
        while not answers(url):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{app.script} did not start:\n{log.read_text('utf-8')}")
            time.sleep(0.2)
        yield server
    finally:
        server.kill()  # nothing of it is kept
        server.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without a browser of the system's, Playwright takes its own."""
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        stack.callback(browser.close)
        yield browser


def _settled(page: Page, numbers: str, charts: int, patience: float) -> Visit:
    """Wait until the page rests; when its numbers came, and when its charts last changed."""
    page.wait_for_function(
        f"'{numbers}' in bench.seen && bench.at_rest() && bench.drawn({charts})",
        polling=100, timeout=patience * 1000,
    )  # fmt: skip
    seen: Visit = page.evaluate("({...bench.seen, charts: bench.charts})")
    # Charts that were not touched are there once nothing more can come.
    drawn = seen["charts"] or seen.get("ended", 0)
    return {"numbers": seen[numbers], "charts": max(drawn, seen[numbers])}


def _option(page: Page, widget: str, option: str) -> Locator:
    """What is to be clicked for a choice; a drop-down is open and at rest."""
    choice = page.locator(widget)
    found = choice.get_by_role("button", name=option, exact=True)
    if choice.get_by_role("checkbox").count():
        found = choice.locator("label", has_text=option)
    if not found.count():
        opener = choice.locator("input")
        (opener if opener.count() else choice).click()
        found = page.get_by_role("option", name=option, exact=True)
        found.wait_for()
    found.scroll_into_view_if_needed()
    page.wait_for_timeout(READING_MS)
    return found


def _visit(context: BrowserContext, side: Side) -> Visit:
    """Load the page in a new tab, let it rest, change the filter: all times of one visit (ms)."""
    watched = f"bench.watch('load', () => {side.numbers});"
    with context.new_page() as page:
        page.add_init_script(f"(() => {{{PROBE}{watched}}})();")
        page.goto(f"http://127.0.0.1:{side.port}/{side.path}", wait_until="commit")
        load = _settled(page, "load", side.charts[0], side.patience)
        option = _option(page, *side.choose)
        page.evaluate(
            "() => { bench.charts = bench.released = 0;"
            f" bench.watch('change', () => bench.released && {side.after});"
            " bench.watch('ended', () => bench.seen.change && bench.ended()); }"
        )
        option.click()
        change = _settled(page, "change", side.charts[1], side.patience)
        start: float = page.evaluate("bench.released")
    return {
        "load: numbers": load["numbers"],
        "load: charts": load["charts"],
        "change: numbers": change["numbers"] - start,
        "change: charts": change["charts"] - start,
    }


def measure(sides: Sequence[Side], runs: int, warm_ups: int) -> tuple[Times, list[str]]:
    """Visit all sides by turns, so that drift falls on each; their visits, and what failed.

    Browsers keep compiled script from the second load on: the warm-ups see to that.
    """
    times: Times = {side.name: [] for side in sides}
    failed = []
    with chromium() as browser:
        contexts: Mapping[int, BrowserContext] = {
            port: browser.new_context(
                viewport={"width": 1440, "height": 900},
                locale="zh-CN",
                bypass_csp=True,  # the app's forbids the scripts that wait here
            )
            for port in {side.port for side in sides}  # a profile an app: none warms another's
        }
        for number in range(-warm_ups, runs):
            for side in sides:
                try:
                    visited = _visit(contexts[side.port], side)
                except BrowserError as error:
                    failed.append(f"{side.name}, run {number + 1}: {error}")
                    continue
                if number >= 0:
                    times[side.name].append(visited)
    return times, failed
