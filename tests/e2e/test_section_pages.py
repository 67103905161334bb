"""The pages of the bulletin's sections in a real browser: drawn, on a phone too, and clicked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server import Server

from .conftest import Screens
from .steps import at_rest, opened, visit

pytestmark = pytest.mark.browser
CHART = "[data-testid=stVegaLiteChart]"
# Page > how many charts it has, and a label that only a drawn chart shows.
PAGES = {
    "benefits": (2, "近3亿元"),
    "online": (2, "共 76项"),
    "indicators": (5, "全市平均 96.34%"),
    "supervision": (5, "50%以下"),
}


def drawn(page: Page, count: int) -> None:
    """Wait until every chart shows text of its own."""
    expect(page.locator(CHART)).to_have_count(count)
    for n in range(count):
        texts = page.locator(CHART).nth(n).locator(".role-mark text")
        expect(texts.filter(has_text=re.compile(r"\S")).first).to_be_visible()


@pytest.mark.parametrize("size", ["laptop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_every_chart_of_a_page_is_drawn_and_nothing_runs_over(
    server: Server, screens: Screens, name: str, size: str
) -> None:
    count, label = PAGES[name]
    page = opened(screens(size), f"{server.url}/{name}")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    drawn(page, count)
    expect(page.locator(CHART).get_by_text(label, exact=True).first).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") == 0
    assert errors == []
    page.close()


def test_bounds_are_open_ranges_and_missing_districts_have_no_bar(
    server: Server, browser: Browser
) -> None:
    page = visit(browser, f"{server.url}/indicators", "laptop")
    drawn(page, 5)
    claims = page.locator(CHART).first
    expect(claims.get_by_text("低于70%", exact=True)).to_have_count(8)  # each over its halo
    expect(claims.get_by_text("—", exact=True)).to_have_count(2)
    bars = claims.locator(".mark-rect path")
    expect(bars).to_have_count(5)
    opacity = [
        float(o)
        for o in bars.evaluate_all("all => all.map(e => e.getAttribute('fill-opacity') || '1')")
    ]
    assert opacity == [1, 0.14, 0.14, 0.14, 0.14]
    page.close()


def test_a_click_on_a_bar_shows_the_rows_behind_and_the_way_on(
    server: Server, browser: Browser
) -> None:
    page = visit(
        browser, f"{server.url}/supervision?department=finance&department=health", "laptop"
    )
    drawn(page, 5)
    at_rest(page)
    page.locator(CHART).first.locator(".mark-rect path").first.click()
    onward = page.locator(".tb-onward")
    expect(onward).to_contain_text("市卫健委：数据来源")
    expect(onward.get_by_role("link", name="只看市卫健委")).to_have_attribute(
        "href", re.compile("department=health")
    )
    expect(page.get_by_role("cell", name="indicators.csv").first).to_be_visible()
    page.close()
