"""A deck outlives its server, fits every screen, turns by swiping and guards itself."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from lib.meeting.rehearsal import plan, planned_from
from lib.selection import Selection
from lib.store.rehearsals import Planned, Rehearsal, Rehearsals
from tests.server import restarted, running

from .steps import at, visit, words

pytestmark = pytest.mark.browser
BACK = 10_000  # milliseconds, from the moment the server answers
SCREENS = {"wide": (1920, 1080), "laptop": (1366, 768), "old": (1024, 768)}
# What reaches over an edge, and the smallest type, of the slide in view; in hundredths of the shorter side.
MEASURE = """() => {
  const slide = document.querySelector(".slide.on"), body = slide.querySelector(".body");
  const side = Math.min(innerWidth, innerHeight) / 100;
  const words = [...slide.querySelectorAll(":not(.notes):not(svg *)")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()));
  const svg = slide.querySelector("svg"), scale = svg ? svg.getScreenCTM().a : 1;
  const drawn = svg ? [...svg.querySelectorAll("text")].filter((e) => e.textContent.trim()) : [];
  return {
    over: Math.max(body.scrollHeight - body.clientHeight, body.scrollWidth - body.clientWidth,
      slide.scrollHeight - slide.clientHeight, slide.scrollWidth - slide.clientWidth,
      ...[...slide.querySelectorAll("footer p, article, td")].map((e) => e.scrollWidth - e.clientWidth),
      ...[...slide.querySelectorAll("article")].map((e) => e.scrollHeight - e.clientHeight)),
    type: Math.min(...words.map((e) => parseFloat(getComputedStyle(e).fontSize)),
      ...drawn.map((e) => parseFloat(e.getAttribute("font-size")) * scale)) / side,
  };
}"""


def kept(folder: Path) -> str:
    """A rehearsal of every slide there is, kept beside a running server; its deck's address."""
    planned = tuple(
        Planned(line.slide, "先讲超期", 5)
        for line in planned_from(plan(Selection("R0001", "2022H1")))
    )  # the figures are those every installation ships
    made = Rehearsal(
        "2022年上半年全市政务服务工作情况通报会", "R0001", "2022H1", (), (), planned, "数据科"
    )
    return f"deck/{Rehearsals(folder / 'data' / 'rehearsals').save(made).id}"


def test_a_deck_outlives_its_server(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as server:
        port = urlsplit(server.url).port
        deck = visit(browser, f"{server.url}/{kept(tmp_path)}", "laptop")
        at(deck, 1)
        shown = words(deck)
    deck.keyboard.press("ArrowRight")
    at(deck, 2)
    deck.keyboard.press("Escape")
    expect(deck.locator("#hint")).to_contain_text("服务器没有应答")
    offline = deck.locator("#offline")
    expect(offline).to_have_text("离线，数字不变")
    at(deck, 2)
    deck.evaluate("window.stillTheSame = true")
    with restarted(
        tmp_path,
        port or 0,
        gone=lambda: expect(offline).to_be_visible(),
        back=lambda: expect(offline).to_be_hidden(timeout=BACK),
    ):
        assert deck.evaluate("window.stillTheSame")
        assert words(deck) == shown
        left = re.compile(r"/meeting\?release=R0001")
        for _ in range(10):  # nobody leaves for a server that is slow to answer
            if not left.search(deck.url):
                deck.keyboard.press("Escape")
                deck.wait_for_timeout(2_000)
        expect(deck).to_have_url(left)
        expect(deck.get_by_text("2022年上半年全市政务服务工作情况通报会").first).to_be_visible()
    deck.context.close()


@pytest.fixture(scope="module")
def every_slide(tmp_path_factory: pytest.TempPathFactory):
    """A server with a rehearsal of every slide there is; its deck's address."""
    folder = tmp_path_factory.mktemp("meeting")
    with running(folder) as server:
        yield f"{server.url}/{kept(folder)}"


@pytest.mark.parametrize("size", SCREENS)
def test_every_slide_fits_its_screen_in_type_that_is_read_from_the_back(
    browser: Browser, every_slide: str, size: str
) -> None:
    width, height = SCREENS[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda e: complaints.append(str(e)))
    # With the note about a newer release on it: the least room a slide ever has.
    page.route("**/deck/status*", lambda r: r.fulfill(json={"label": "R0005 · 2026-11-23 18:40", "newer": True}))  # fmt: skip
    page.goto(every_slide)
    expect(page.locator("#newer")).to_contain_text("有新版本 R0005")
    for number in range(1, page.locator(".slide").count() + 1):
        at(page, number)
        measured = page.evaluate(MEASURE)
        assert measured["over"] <= 1, f"slide {number} reaches over an edge"
        assert measured["type"] >= 2.2, f"slide {number} has type too small to read"
        page.keyboard.press("ArrowRight")
    assert complaints == []
    page.close()


def test_a_phone_turns_a_deck_by_swiping(browser: Browser, every_slide: str) -> None:
    context = browser.new_context(viewport={"width": 844, "height": 390}, has_touch=True)
    page = context.new_page()
    page.goto(every_slide)
    at(page, 1)
    touch = context.new_cdp_session(page)
    for start, end, number in ((700, 200, 2), (200, 700, 1)):
        point = {"y": 200}
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{**point, "x": start}]})  # fmt: skip
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{**point, "x": end}]})  # fmt: skip
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        at(page, number)
    context.close()


def test_a_deck_guards_itself_and_one_that_is_not_there_is_told(every_slide: str) -> None:
    with urllib.request.urlopen(every_slide, timeout=60) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
    root = every_slide.rpartition("/")[0]
    with urllib.request.urlopen(f"{root}/status?release=R0000", timeout=60) as answer:
        assert re.fullmatch(rb'\{"latest":"R0001","label":"R0001 .*","newer":true\}', answer.read())
    for name in ("M261123-abcdef", "x", "M261123-ABCDEF", "..%2F..%2Flake", "M261123-abcdef%00"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{root}/{name}", timeout=60)
        with refused.value as answer:
            if "%" in name:
                assert answer.code == 400  # refused before it reaches us
            else:
                assert answer.code == 404
                assert "没有这份排练" in answer.read().decode()
