"""A leader opens the page, filters it, looks behind a bar, takes the brief away. Offline."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from lib.navigation import PAGES

from .conftest import Server

pytestmark = pytest.mark.browser
SIZES = {"desktop": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}


def visit(browser: Browser, url: str, size: str = "desktop", dark: bool = False) -> Page:
    """A fresh visitor's page, its requests to other hosts kept in `page.outbound`."""
    width, height = SIZES[size]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        accept_downloads=True,
    )
    page.outbound = []  # type: ignore[attr-defined]
    page.on("request", lambda r: _note(page, r.url))
    page.goto(url)
    return page


def turn_to(page: Page, group: str, title: str) -> None:
    """Open a page by the menus in the bar."""
    page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
    page.get_by_role("menuitem", name=title).click()


def _note(page: Page, url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        page.outbound.append(url)  # type: ignore[attr-defined]


def charts_drawn(page: Page, count: int) -> None:
    """Wait until every chart has marks."""
    expect(page.locator("[data-testid=stVegaLiteChart] .mark-rect path").first).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(count)


def test_the_health_route_names_the_release(server: Server) -> None:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=10) as answer:
        assert json.load(answer) == {"status": "ok", "release": "R0001"}


def test_a_leader_reads_filters_drills_and_takes_the_brief_away(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = visit(browser, server.url)
    expect(page.get_by_role("heading", name="2022年上半年政务服务总览")).to_be_visible()
    expect(page.locator(".tb-card-center_point_completed")).to_contain_text("142")
    expect(page.locator(".tb-card-overdue_count")).to_contain_text("不达标")
    charts_drawn(page, 2)
    expect(page).to_have_url(re.compile("release=R0001"))
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert height <= 1080, "the overview fits one 1920x1080 screen"

    page.get_by_text("查看依据").click()
    expect(page.get_by_text("规则：件数最多的3个部门")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="新北区", exact=True).click()
    expect(page.locator(".tb-card-center_point_upgraded")).to_contain_text("67")
    expect(page.locator(".tb-card-staff_trained")).to_contain_text("本期未分区报送")
    expect(page).to_have_url(re.compile("district="))

    with page.expect_download() as downloading:
        page.get_by_role("link", name="简报 docx").click()
    path = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(path)
    assert "新北区" in "\n".join(p.text for p in Document(str(path)).paragraphs)

    turn_to(page, "通报各章", "服务阵地")
    expect(page.get_by_role("heading", name="服务阵地", exact=True)).to_be_visible()
    charts_drawn(page, 2)
    bar = page.locator("[data-testid=stVegaLiteChart] .mark-rect path").last
    box = bar.bounding_box()
    assert box is not None
    assert box["height"] >= 15, "one district's bar is a bar, not a line"
    bar.click()
    expect(page.get_by_text("新北区：数据来源")).to_be_visible()
    expect(page.get_by_text("centers.csv").first).to_be_visible()

    shared = visit(browser, page.url)
    expect(shared.get_by_role("heading", name="服务阵地", exact=True)).to_be_visible()
    chosen = shared.get_by_role("button", name="新北区", exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    assert page.outbound == shared.outbound == []  # type: ignore[attr-defined]


PATHS = ["" if e.default else e.file for entries in PAGES.values() for e in entries]
LOOKS = [
    *((path, size, False) for path in PATHS for size in SIZES),
    *((path, "laptop", True) for path in ("", "indicators", "district", "meeting")),
]


@pytest.mark.parametrize(("path", "size", "dark"), LOOKS)
def test_every_page_fits_its_screen_and_reaches_no_other_host(
    browser: Browser, server: Server, path: str, size: str, dark: bool
) -> None:
    page = visit(browser, f"{server.url}/{path}", size, dark)
    expect(page.locator("[data-testid=stMain] h1").first).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, "nothing is wider than the screen"
    assert page.outbound == []  # type: ignore[attr-defined]
    page.close()


def test_a_link_with_unknown_values_says_so(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/?district=火星区&district=溧阳市")
    expect(page.get_by_text("链接里的地区“火星区”不存在")).to_be_visible()
    expect(page.locator(".tb-card-center_point_upgraded")).to_contain_text("58")


def test_the_server_prints_no_warning(server: Server) -> None:
    printed = server.log.read_text(encoding="utf-8")
    assert not re.search(r"warning|error|traceback", printed, re.IGNORECASE), printed
