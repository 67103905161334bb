"""Everything a page offers is reached and worked by keyboard, and one always sees where one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .conftest import Server
from .steps import PATHS, settled, visit

pytestmark = pytest.mark.browser
WALK = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")
ONWARD = ".tb-table td a.tb-go"


@pytest.mark.parametrize("path", PATHS)
def test_tab_goes_through_the_whole_page_and_focus_is_seen(
    browser: Browser, server: Server, path: str
) -> None:
    page = visit(browser, f"{server.url}/{path}", "laptop")
    settled(page)
    stops = page.evaluate(WALK)
    for _ in range(stops + 10):
        page.keyboard.press("Tab")
    assert page.evaluate("tongbaoWalked()") == {"missed": [], "unseen": []}
    page.context.close()


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the first element of that kind has the focus."""
    wanted = page.locator(selector).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab")
