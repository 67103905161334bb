"""Everything a page offers is reached and worked by keyboard, and one always sees where one is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server import Server

from .conftest import Screens
from .steps import PATHS, district_chosen, heading, opened, settled, visit

pytestmark = pytest.mark.browser
WALK = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")
ONWARD = ".tb-table td a.tb-go"


# Every third page always, all of them by `make soak`.
@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.soak] * (n % 3 > 0)) for n, path in enumerate(PATHS)],
)
def test_tab_goes_through_the_whole_page_and_focus_is_seen(
    screens: Screens, server: Server, path: str
) -> None:
    page = opened(screens("laptop"), f"{server.url}/{path}")
    settled(page)
    stops = page.evaluate(WALK)
    for _ in range(2 * stops // 10 + 2):  # charts and the cells of a grid are stops too
        for _ in range(10):
            page.keyboard.press("Tab")
        if page.evaluate("tongbaoWalk.round"):
            break
    assert page.evaluate("tongbaoWalked()") == {"missed": [], "unseen": []}
    page.close()


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the first element of that kind has the focus."""
    wanted = page.locator(selector).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab")


def test_menus_pills_selects_and_what_unfolds_work_by_keys(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, server.url, "laptop")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_be_focused()

    why = page.get_by_role("button", name="查看依据")
    why.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("规则：件数最多的3个部门")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("规则：件数最多的3个部门")).to_be_hidden()

    page.get_by_role("button", name="溧阳市", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    district_chosen(page, "金坛区")
    expect(page).to_have_url(re.compile("district=jintan"))

    menu = page.get_by_role("navigation", name="栏目").locator("summary", has_text="画像与对比")
    menu.focus()
    page.keyboard.press("Enter")
    trend = page.get_by_role("link", name="对比与趋势", exact=True)
    expect(trend).to_be_visible()
    page.keyboard.press("Escape")
    expect(trend).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    trend.focus()
    page.keyboard.press("Enter")
    heading(page, "对比与趋势")
    page.get_by_test_id("stMain").get_by_role("combobox", name="指标").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("metric="))
    page.context.close()


def test_what_a_bar_leads_to_is_reached_by_the_table_beside_it(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, f"{server.url}/centers", "laptop")
    settled(page)
    tab_to(page, ONWARD)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("centers.csv")).first).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_be_focused()
    page.context.close()
