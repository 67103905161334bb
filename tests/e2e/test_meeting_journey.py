"""A rehearsal is kept, shown, overtaken by a newer release, cut off from its server, taken away."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.meeting.rehearsal import plan, planned_from
from lib.selection import Selection
from lib.store.lake import Lake
from lib.store.rehearsals import Planned, Rehearsal, Rehearsals
from tests.drafts import draft_from_bytes

from .conftest import ROOT, running
from .test_leader_journey import visit

pytestmark = pytest.mark.browser
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


def at(page: Page, number: int) -> None:
    """Wait until the deck shows that slide."""
    expect(page.locator(".slide.on .count b")).to_have_text(str(number))
    expect(page).to_have_url(re.compile(f"#{number}$"))


def words(page: Page) -> list[str]:
    """The words of every slide, apart from what only says when and where."""
    return page.locator(".slide .body").all_text_contents()


def publish_another(folder: Path) -> str:
    """A newer release with another figure, published beside the running server."""
    file = ROOT / "data" / "bulletins" / "2022H1" / "staff.csv"
    changed = file.read_text(encoding="utf-8-sig").replace("775", "800").encode()
    draft = draft_from_bytes(changed, file.name)
    return Lake(folder / "data" / "lake").publish([draft], by="测试", note="补报").id


def test_a_meeting_is_rehearsed_shown_cut_off_and_taken_away(
    browser: Browser, tmp_path: Path
) -> None:
    with running(tmp_path) as server:
        port = urlsplit(server.url).port
        page = visit(browser, f"{server.url}/meeting", "laptop")
        page.get_by_label("岗位", exact=True).fill("综合科")
        page.get_by_role("button", name="保存排练", exact=True).click()
        expect(page.get_by_text("已保存“2022年上半年政务服务情况”")).to_be_visible()
        with page.context.expect_page() as opening:
            page.get_by_role("link", name="开始放映").first.click()
        deck = opening.value
        deck.on("request", lambda r: page.outbound.append(r.url) if urlsplit(r.url).port != port else None)  # type: ignore[attr-defined]  # fmt: skip
        turn_every_way(deck)
        with page.expect_download() as downloading:
            page.get_by_role("button", name="导出离线网页").first.click()
        taken = tmp_path / "deck.html"
        downloading.value.save_as(taken)
        shown = words(deck)
        assert any("775" in text for text in shown)

        newer = publish_another(tmp_path)
        expect(deck.locator("#newer")).to_contain_text(f"有新版本 {newer}", timeout=8000)
        expect(deck.locator("#newer")).to_contain_text("仍固定在 R0001")
        assert words(deck) == shown

    deck.keyboard.press("Home")
    deck.keyboard.press("ArrowRight")
    at(deck, 2)
    deck.keyboard.press("Escape")
    expect(deck.locator("#hint")).to_contain_text("服务器没有应答")
    expect(deck.locator("#offline")).to_be_visible()
    expect(deck.locator("#offline")).to_have_text("离线，数字不变")
    at(deck, 2)
    deck.evaluate("window.stillTheSame = true")
    with running(tmp_path, port or 0):
        expect(deck.locator("#offline")).to_be_hidden(timeout=10_000)
        assert deck.evaluate("window.stillTheSame")
        assert words(deck) == shown
        deck.keyboard.press("Escape")
        expect(deck).to_have_url(re.compile(r"/meeting\?release=R0001"))
        expect(deck.get_by_text("这份排练仍固定在 R0001")).to_be_visible()
    page.close()
    assert page.outbound == []  # type: ignore[attr-defined]
    assert not re.search("Traceback|Warning|ERROR", (tmp_path / "server.log").read_text())
    open_without_network(browser, taken, shown)


def turn_every_way(deck: Page) -> None:
    """The keys, clicks and swipes of a meeting, and turning by itself."""
    at(deck, 1)
    expect(deck.locator("#hint")).to_be_visible()
    last = deck.locator(".slide").count()
    for key, number in (
        ("ArrowRight", 2), ("Space", 3), ("ArrowLeft", 2), ("Shift+Space", 1), ("PageDown", 2), ("PageUp", 1),
        ("End", last), ("ArrowRight", last), ("Home", 1), ("4", 1), ("Enter", 4),
    ):  # fmt: skip
        deck.keyboard.press(key)
        at(deck, number)
    deck.reload()
    at(deck, 4)
    width, height = deck.evaluate("[innerWidth, innerHeight]")
    deck.mouse.click(width * 0.9, height / 2)
    at(deck, 5)
    deck.mouse.click(width * 0.1, height / 2)
    at(deck, 4)

    deck.keyboard.press("f")
    deck.wait_for_function("document.fullscreenElement !== null")
    deck.keyboard.press("Escape")
    deck.wait_for_function("document.fullscreenElement === null")
    at(deck, 4)

    deck.keyboard.press("n")
    expect(deck.locator("#said")).to_have_text("这一页没有讲稿。")
    expect(deck.locator("#clock")).to_contain_text("第4页，计划45秒")
    deck.keyboard.press("n")
    deck.keyboard.press("b")
    expect(deck.locator("#black")).to_be_visible()
    deck.keyboard.press("Escape")
    expect(deck.locator("#black")).to_be_hidden()
    deck.evaluate('document.querySelector(".slide.on").dataset.seconds = "1"')
    deck.keyboard.press("p")
    at(deck, 5)
    deck.keyboard.press("p")
    expect(deck.get_by_label("自动播放")).to_be_attached()
    expect(deck.locator("#newer")).to_be_hidden()


def open_without_network(browser: Browser, file: Path, shown: list[str]) -> None:
    """The exported file, opened from the disk with no network, turns and shows the same."""
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(file.as_uri())
    assert words(page) == shown
    page.keyboard.press("ArrowRight")
    at(page, 2)
    page.keyboard.press("Escape")
    expect(page.locator(".slide.on footer")).to_contain_text("导出于 20")
    expect(page.locator("#offline")).to_be_hidden()
    page.wait_for_timeout(600)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


@pytest.fixture(scope="module")
def every_slide(tmp_path_factory: pytest.TempPathFactory):
    """A server with a rehearsal of every slide there is; its deck's address."""
    folder = tmp_path_factory.mktemp("meeting")
    with running(folder) as server:
        at = Selection("R0001", "2022H1")
        planned = tuple(
            Planned(line.slide, "先讲超期", 5) for line in planned_from(plan(at))
        )  # the figures are those every installation ships
        made = Rehearsal(
            "2022年上半年全市政务服务工作情况通报会", "R0001", "2022H1", (), (), planned, "数据科"
        )
        kept = Rehearsals(folder / "data" / "rehearsals").save(made)
        yield f"{server.url}/deck/{kept.id}"


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
    with urllib.request.urlopen(every_slide, timeout=10) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
    root = every_slide.rpartition("/")[0]
    with urllib.request.urlopen(f"{root}/status?release=R0000", timeout=10) as answer:
        assert re.fullmatch(rb'\{"latest":"R0001","label":"R0001 .*","newer":true\}', answer.read())
    for name in ("M261123-abcdef", "x", "M261123-ABCDEF", "..%2F..%2Flake", "M261123-abcdef%00"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{root}/{name}", timeout=10)
        with refused.value as answer:
            if "%" in name:
                assert answer.code == 400  # refused before it reaches us
            else:
                assert answer.code == 404
                assert "没有这份排练" in answer.read().decode()
