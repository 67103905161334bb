"""A leader follows figures and places through the app and comes back; a shared link opens the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Server
from .test_leader_journey import turn_to, visit

pytestmark = pytest.mark.browser


def loads(page: Page) -> list[str]:
    """The documents the browser loads from now on: one for each full load of the app."""
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url) if r.resource_type == "document" else None)
    return loaded


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, level=1)).to_be_visible()


def test_figures_places_and_tiles_lead_on_and_back_returns(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, server.url, "laptop")
    heading(page, "2022年上半年政务服务总览")
    expect(page).to_have_url(re.compile("release=R0001"))
    page.wait_for_function("window.tongbaoLinks")
    loaded = loads(page)

    page.locator(".tb-card-warning_count strong a").click()
    heading(page, "网办预警件数｜全市｜2022年上半年")
    page.go_back()
    heading(page, "2022年上半年政务服务总览")
    page.get_by_role("cell", name="钟楼区 97.5%").get_by_role("link").click()
    heading(page, "不见面办理率｜钟楼区｜2022年上半年")
    expect(page.get_by_text("indicators.csv").first).to_be_visible()
    expect(page.get_by_text("刚才重新查询，结果相同。")).to_be_visible()
    page.go_back()
    heading(page, "2022年上半年政务服务总览")

    turn_to(page, "画像与对比", "辖区画像")
    heading(page, "辖区画像")
    page.locator(".tb-tile", has_text="新北区").click()
    heading(page, "新北区｜2022年上半年")
    expect(page.get_by_role("button", name="新北区", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    turn_to(page, "通报各章", "主要指标")
    heading(page, "主要指标")
    expect(page.get_by_role("cell", name="92.9%")).to_be_visible()
    expect(page.get_by_role("cell", name="溧阳市")).to_have_count(0)
    page.go_back()
    heading(page, "新北区｜2022年上半年")
    page.go_back()
    heading(page, "辖区画像")
    expect(page.locator(".tb-tile")).to_have_count(7)
    expect(page.get_by_role("button", name="新北区", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    page.go_forward()
    heading(page, "新北区｜2022年上半年")
    assert loaded == [], "no link, tile or return loads the app again"

    shared = visit(browser, page.url)
    heading(shared, "新北区｜2022年上半年")
    expect(shared.get_by_role("button", name="新北区", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.outbound == shared.outbound == []  # type: ignore[attr-defined]


def test_a_filter_is_one_step_back(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/centers?release=R0001&period=2022H1")
    heading(page, "服务阵地")
    page.get_by_role("button", name="溧阳市", exact=True).click()
    expect(page).to_have_url(re.compile("district=liyang"))
    page.get_by_role("button", name="金坛区", exact=True).click()
    expect(page).to_have_url(re.compile("district=liyang&district=jintan"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("jintan"))
    expect(page.get_by_role("button", name="金坛区", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(page.get_by_role("button", name="溧阳市", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.go_back()
    expect(page.get_by_role("button", name="溧阳市", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    heading(page, "服务阵地")


def test_a_clicked_bar_leads_to_rows_filter_and_profile(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/warnings")
    heading(page, "网办预警")
    bar = page.locator("[data-testid=stVegaLiteChart] .mark-rect path").first
    expect(bar).to_be_visible()
    bar.click()
    expect(page.get_by_text("市教育局：数据来源")).to_be_visible()
    page.get_by_role("link", name="只看市教育局").click()
    expect(page).to_have_url(re.compile("department=education"))
    expect(page.get_by_role("cell", name="市民政局")).to_have_count(0)
    page.get_by_role("cell", name="市教育局").get_by_role("link").first.click()
    heading(page, "市教育局｜2022年上半年")


def test_a_profile_prints_without_the_frame(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/district?district=xinbei", "laptop")
    heading(page, "新北区｜2022年上半年")
    expect(page.locator("[data-testid=stVegaLiteChart] .mark-rect path").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("link", name="下载CSV").first).to_be_hidden()
    expect(page.get_by_text("上榜名单")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_first_page_is_left_by_one_press_of_back(browser: Browser, server: Server) -> None:
    for path in ("", "/centers", "/district?district=xinbei"):
        page = browser.new_page()
        page.goto("about:blank")
        page.goto(f"{server.url}{path}")
        expect(page).to_have_url(re.compile("release=R0001&period=2022H1"))
        expect(page.get_by_test_id("stSidebar").get_by_text("数据版本")).to_be_attached()
        page.wait_for_timeout(300)
        assert page.evaluate("history.length") == 2, path
        page.go_back()
        assert page.url == "about:blank"
        page.close()
