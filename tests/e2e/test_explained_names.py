"""A metric's name says what it means where it is pointed at, by mouse, keyboard and finger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from lib.catalog.metrics import METRIC_BY_ID
from tests.server import Server

from .steps import heading, settled, visit

pytestmark = pytest.mark.browser
NAME, TIP = ".tb-card-overdue_count a.tb-term", "#tb-tip"
MEANING = METRIC_BY_ID["overdue_count"].definition


def test_a_mouse_and_the_keyboard_are_told_and_escape_ends_it(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, server.url, "laptop")
    settled(page)
    name, tip = page.locator(NAME), page.locator(TIP)
    name.hover()
    expect(tip).to_contain_text(MEANING)
    expect(tip).to_contain_text("单位：件｜出处：通报三（三）（网办响应）")
    tip.hover()  # it stays for who reads it
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.mouse.move(5, 400)
    expect(tip).to_be_hidden()

    name.focus()
    expect(tip).to_contain_text(MEANING)
    expect(name).to_have_attribute("aria-describedby", "tb-tip")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    heading(page, "指标口径")
    expect(page.get_by_role("heading", name="网办超期件数", level=2)).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text(MEANING)
    expect(page).to_have_url(re.compile("dictionary.*metric=overdue_count"))
    page.get_by_role("link", name="看全部口径").click()
    expect(page.get_by_label("查找")).to_be_visible()
    page.context.close()


def test_a_finger_is_told_first_and_taken_there_by_the_next_tap(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, server.url, "phone")
    settled(page)
    name, tip = page.locator(NAME), page.locator(TIP)
    name.tap()
    expect(tip).to_contain_text(MEANING)
    expect(tip).to_contain_text("再点一下看全部口径")
    heading(page, "2022年上半年政务服务总览")
    name.tap()
    heading(page, "指标口径")
    page.context.close()
