"""A browser's first visit is told once where the help is: in the bar, over nothing, never again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.help.guides import GUIDES
from tests.server import Server

from .steps import opened, screen, visit

pytestmark = pytest.mark.browser
FIRST_CARD = ".tb-card-center_point_completed"


def bottom(page: Page, selector: str) -> float:
    """Pixels from the top of the screen to the lower edge of what is there."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("size", ["desktop", "laptop", "phone"])
def test_the_first_visit_sees_it_above_the_figures_and_no_later_one_does(
    browser: Browser, server: Server, size: str
) -> None:
    context = screen(browser, size)
    page = opened(context, server.url)
    hint = page.locator(".tb-hint")
    expect(page.locator(FIRST_CARD)).to_be_visible()
    expect(hint).to_be_visible()
    for guide in GUIDES:
        expect(hint).to_contain_text(f"{guide.audience} {'·'.join(guide.words)}")
    app = page.get_by_test_id("stApp").bounding_box()
    assert app is not None
    assert bottom(page, ".tb-hint") <= app["y"], "over nothing"
    assert bottom(page, ".tb-hint") <= bottom(page, "nav.tb-menu")
    page.emulate_media(media="print")
    expect(hint).to_be_hidden()
    page.emulate_media(media="screen")
    hint.get_by_role("button", name="知道了").click()
    expect(hint).to_be_hidden()
    expect(page.get_by_role("link", name="使用帮助", exact=True)).to_be_focused()
    page.reload()
    expect(page.locator(FIRST_CARD)).to_be_visible()
    expect(hint).to_be_hidden()
    context.close()


def test_it_leads_to_the_help_and_is_gone(browser: Browser, server: Server) -> None:
    page = visit(browser, server.url, "laptop")
    page.locator(".tb-hint").get_by_role("link", name="看步骤").click()
    expect(page.get_by_role("heading", name="使用帮助", level=1)).to_be_visible()
    expect(page.locator(".tb-hint")).to_be_hidden()
    page.context.close()


def test_menus_open_over_it(browser: Browser, server: Server) -> None:
    page = visit(browser, server.url, "laptop")
    bar = page.get_by_role("navigation", name="栏目")
    expect(bar.locator(".tb-hint")).to_be_visible()
    for group in bar.locator("details").all():
        group.locator("summary").click()
        group.get_by_role("link").first.click(trial=True)
        group.locator("summary").click()
    page.context.close()


def test_where_nothing_can_be_remembered_it_is_not_shown(browser: Browser, server: Server) -> None:
    context = screen(browser, "laptop")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    page = opened(context, server.url)
    expect(page.locator(FIRST_CARD)).to_be_visible()
    expect(page.locator(".tb-hint")).to_be_hidden()
    context.close()
