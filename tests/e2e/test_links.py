"""Figures, places and filters are steps: back returns, nothing loads the app again, links hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.server import Server

from .steps import choose_district, district_chosen, heading, stayed_home, turn_to, visit

pytestmark = pytest.mark.browser


def loads(page: Page) -> list[str]:
    """The documents the browser loads from now on: one for each full load of the app."""
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url) if r.resource_type == "document" else None)
    return loaded


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
    district_chosen(page, "新北区")
    turn_to(page, "通报各章", "主要指标")
    heading(page, "主要指标")
    expect(page.get_by_role("cell", name="92.9%")).to_be_visible()
    expect(page.get_by_role("cell", name="溧阳市")).to_have_count(0)
    page.go_back()
    heading(page, "新北区｜2022年上半年")
    page.go_back()
    heading(page, "辖区画像")
    expect(page.locator(".tb-tile")).to_have_count(7)
    district_chosen(page, "新北区", chosen=False)
    page.go_forward()
    heading(page, "新北区｜2022年上半年")
    assert loaded == [], "no link, tile or return loads the app again"

    shared = visit(browser, page.url)
    heading(shared, "新北区｜2022年上半年")
    district_chosen(shared, "新北区")
    assert stayed_home(page, shared)


def test_a_filter_is_one_step_back(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/centers?release=R0001&period=2022H1")
    heading(page, "服务阵地")
    choose_district(page, "溧阳市")
    expect(page).to_have_url(re.compile("district=liyang"))
    choose_district(page, "金坛区")
    expect(page).to_have_url(re.compile("district=liyang&district=jintan"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("jintan"))
    district_chosen(page, "金坛区", chosen=False)
    district_chosen(page, "溧阳市")
    page.go_back()
    district_chosen(page, "溧阳市", chosen=False)
    heading(page, "服务阵地")


def test_a_tab_is_named_by_its_page_and_its_icon_is_drawn_once(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, f"{server.url}/centers", "laptop")
    expect(page).to_have_title("服务阵地｜通报台")
    icon = page.locator('link[rel~="icon"]').element_handle()
    page.evaluate(
        """(icon) => {
            window.redrawn = 0;
            new MutationObserver((changes) => { redrawn += changes.length; })
                .observe(icon, {attributes: true});
        }""",
        icon,
    )
    choose_district(page, "溧阳市")
    expect(page).to_have_url(re.compile("liyang"))
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    assert page.evaluate("redrawn") == 0
    page.get_by_role("navigation", name="栏目").get_by_role("link", name="总览").click()
    expect(page).to_have_title("总览｜通报台")
    page.reload()
    expect(page).to_have_title("总览｜通报台")
    expect(page.get_by_test_id("stAppViewContainer")).to_have_attribute("data-layout", "wide")
    page.context.close()


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


def test_a_page_opened_in_another_tab_keeps_what_is_looked_at(
    browser: Browser, server: Server
) -> None:
    page = visit(
        browser, f"{server.url}/centers?release=R0001&period=2022H1&district=liyang", "laptop"
    )
    bar = page.get_by_role("navigation", name="栏目")
    bar.locator("summary", has_text="通报各章").click()
    with page.context.expect_page() as opened:
        bar.get_by_role("link", name="网办预警").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url(re.compile(r"/warnings\?.*district=liyang"))
    expect(page).to_have_url(re.compile("/centers"))
    page.context.close()


def _address_in_use(link: Locator) -> str:
    """The address of a link when it is used; in one step, as a run may draw the link anew in between."""
    told = link.evaluate(
        """a => {
            a.dispatchEvent(new Event("contextmenu", {bubbles: true}));
            return a.getAttribute("href");
        }"""
    )
    assert isinstance(told, str)
    return told


def test_a_file_is_of_what_is_looked_at_however_its_link_is_used(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, f"{server.url}/indicators", "laptop")
    heading(page, "主要指标")
    file = page.get_by_role("link", name="下载CSV").first
    told = ""
    for name, id in (("溧阳市", "liyang"), ("金坛区", "jintan")):  # the page's link stays as it is
        choose_district(page, name)
        expect(page).to_have_url(re.compile(id))
        with page.expect_download() as taken:
            file.click()
        told = Path(taken.value.path()).read_text("utf-8-sig")
        assert name in told
        assert "新北区" not in told
    assert "溧阳市" in told
    assert re.search("release=R0001.*liyang.*jintan", _address_in_use(file))
    page.get_by_role("button", name="金坛区", exact=True).click()  # no longer
    expect(page).not_to_have_url(re.compile("jintan"))
    address = _address_in_use(file)
    assert "liyang" in address
    assert "jintan" not in address
