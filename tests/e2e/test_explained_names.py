"""A figure, and the name it stands under, say what they mean: by mouse, keyboard and finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lib.catalog.metrics import METRIC_BY_ID
from tests.server import Server

from .steps import heading, settled, visit

pytestmark = pytest.mark.browser
TIP = "#tb-tip"
# What the last scroll brings about has come.
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def tells(page: Page, *metrics: str) -> None:
    """Wait until the page says what these metrics mean."""
    for metric in metrics:
        expect(page.locator(TIP)).to_contain_text(METRIC_BY_ID[metric].definition)


def rests_on(name: Locator) -> None:
    """Point at something with the mouse, having pointed at nothing."""
    name.page.mouse.move(2, 2)
    expect(name.page.locator(TIP)).to_be_hidden()
    name.scroll_into_view_if_needed()  # a page that scrolls hides what is said
    name.page.evaluate(FRAMES)
    name.hover()


def test_a_mouse_is_told_of_figures_columns_rows_and_titles(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, server.url, "laptop")
    settled(page)
    tip = page.locator(TIP)
    rests_on(page.locator(".tb-card-overdue_count h3"))
    tells(page, "overdue_count")
    expect(tip).to_contain_text("单位：件｜出处：通报三（三）（网办响应）")
    tip.hover()  # it stays for who reads it
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    rests_on(page.get_by_role("cell", name="权力事项认领率", exact=True))
    tells(page, "power_claim_rate")

    page.goto(f"{server.url}/warnings")
    settled(page)
    rests_on(page.get_by_role("columnheader", name="预警件数").first)
    tells(page, "warning_count")
    rests_on(page.get_by_role("heading", name="网办预警与超期", level=2))
    tells(page, "warning_count", "overdue_count")
    page.context.close()


def test_the_keyboard_is_told_and_escape_ends_it(browser: Browser, server: Server) -> None:
    page = visit(browser, server.url, "laptop")
    settled(page)
    page.keyboard.press("Tab")  # focus shows from now on
    figure = page.locator(".tb-card-overdue_count strong a")
    figure.focus()
    tells(page, "overdue_count")
    expect(figure).to_have_attribute("aria-describedby", "tb-tip")
    page.keyboard.press("Escape")
    expect(page.locator(TIP)).to_be_hidden()
    expect(figure).to_be_focused()
    page.context.close()


def test_a_finger_is_told_of_a_name_and_taken_on_by_a_figure(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, server.url, "phone")
    settled(page)
    page.locator(".tb-card-overdue_count h3").tap()
    tells(page, "overdue_count")
    page.locator(".tb-card-warning_count .tb-lines").tap()
    expect(page.locator(TIP)).to_be_hidden()
    page.locator(".tb-card-overdue_count strong a").tap()
    heading(page, "网办超期件数｜全市｜2022年上半年")
    expect(page.locator(TIP)).to_be_hidden()
    page.context.close()
