"""A presenter chooses slides, rehearses, shows them, hears of a newer release, and goes offline."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.store.lake import Lake
from tests.drafts import draft_from_bytes
from tests.server import Server

from .conftest import ROOT
from .steps import at, screen, settled, stayed_home, visit, words

pytestmark = pytest.mark.browser
HEAD, ROW = 34, 33  # pixels of the slides' table


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_presenter_rehearses_shows_and_takes_the_deck_offline(
    browser: Browser, own_server: Server, tmp_path: Path, size: str
) -> None:
    page = visit(browser, f"{own_server.url}/meeting", size)
    leaves_a_slide_out(page)
    page.get_by_label("岗位", exact=True).fill("综合科")
    page.get_by_role("button", name="保存排练", exact=True).click()
    expect(page.get_by_text("已保存“2022年上半年政务服务情况”")).to_be_visible()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="开始放映").first.click()
    deck = opening.value
    port = urlsplit(own_server.url).port
    deck.on("request", lambda r: page.outbound.append(r.url) if urlsplit(r.url).port != port else None)  # type: ignore[attr-defined]  # fmt: skip
    turns_by_every_key(deck)
    shown = words(deck)
    assert any("775" in text for text in shown)
    assert not any("网办超期23件" in text for text in shown), "the slide left out"

    newer = publish_another(tmp_path)
    expect(deck.locator("#newer")).to_contain_text(f"有新版本 {newer}", timeout=30_000)
    expect(deck.locator("#newer")).to_contain_text("仍固定在 R0001")
    assert words(deck) == shown

    with page.expect_download() as downloading:
        page.get_by_role("button", name="导出离线网页").first.click()
    file = tmp_path / "deck.html"
    downloading.value.save_as(file)
    opens_without_network(browser, file, size, shown)
    assert stayed_home(page)
    assert not re.search("Traceback|Warning|ERROR", own_server.log.read_text())
    page.context.close()


def leaves_a_slide_out(page: Page) -> None:
    """Untick the ninth line, 要点, in the table of slides."""
    expect(page.get_by_text(re.compile(r"：15项，共19页"))).to_be_visible()
    settled(page)
    grid = page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 12, "y": HEAD + 8.5 * ROW})  # beside the box: the cell is chosen
    page.keyboard.press("Space")
    expect(page.get_by_text(re.compile(r"：14项，共17页"))).to_be_visible()


def publish_another(folder: Path) -> str:
    """A newer release with another figure, published beside the running server."""
    file = ROOT / "data" / "bulletins" / "2022H1" / "staff.csv"
    changed = file.read_text(encoding="utf-8-sig").replace("775", "800").encode()
    draft = draft_from_bytes(changed, file.name)
    return Lake(folder / "data" / "lake").publish([draft], by="测试", note="补报").id


def turns_by_every_key(deck: Page) -> None:
    """The keys and clicks of a meeting, and turning by itself."""
    at(deck, 1)
    expect(deck.locator("#hint")).to_be_visible()
    last = deck.locator(".slide").count()
    for key, number in (
        ("ArrowRight", 2), ("Space", 3), ("ArrowLeft", 2), ("Shift+Space", 1), ("PageDown", 2), ("PageUp", 1),
        ("End", last), ("ArrowRight", last), ("Home", 1),
    ):  # fmt: skip
        deck.keyboard.press(key)
        at(deck, number)
    deck.keyboard.type("4\n")  # at once: a number is forgotten after a moment
    at(deck, 4)
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
    expect(deck.locator("#clock")).to_contain_text("第4页，计划")
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


def opens_without_network(browser: Browser, file: Path, size: str, shown: list[str]) -> None:
    """The exported file, opened from the disk with no network, turns and shows the same."""
    context = screen(browser, size)
    context.set_offline(True)
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
