"""An analyst compares, checks what does not add up, says so, takes tables away, drills and shares."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from lib.downloads import original_text
from tests.server import Server, running

from .steps import (
    CHART,
    at_rest,
    choose,
    district_chosen,
    downloaded,
    heading,
    settled,
    shown_table,
    stayed_home,
    turn_to,
    visit,
)

pytestmark = pytest.mark.browser
COMPARED = "/trend?release=R0001&period=2022H1&district=xinbei&district=liyang"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server to comment on."""
    with running(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_an_analyst_compares_checks_drills_and_shares(
    browser: Browser, desk: Server, size: str
) -> None:
    page = visit(browser, desk.url + COMPARED, size)
    heading(page, "对比与趋势")
    choose(page, "指标", "即办件占比")
    expect(page).to_have_url(re.compile("metric="))
    expect(page.get_by_role("cell", name="91.3%")).to_be_visible()
    takes_the_table_away(page)

    turn_to(page, "核对与溯源", "数据核验")
    heading(page, "数据核验")
    page.get_by_role("radio", name="不一致 3").click()
    choose(page, "事项", "监管事项认领率：认领÷总数")
    expect(page.get_by_text("930÷1029")).to_be_visible()
    at_rest(page)
    says_what_is_wrong(page, f"以原文为准，{size}上看到")
    page.get_by_role("cell", name="89.17%").get_by_role("link").last.click()
    heading(page, "监管事项认领率｜市本级｜2022年上半年")
    expect(page.get_by_text("indicators.csv").first).to_be_visible()
    expect(page.get_by_text("参与的核对")).to_be_visible()
    page.go_back()
    heading(page, "数据核验")

    turn_to(page, "通报各章", "互联网+监管")
    drills_and_returns(page)
    shared = visit(browser, page.url)
    heading(shared, "互联网+监管")
    district_chosen(shared, "新北区")
    assert shown_table(shared, "监管行为覆盖率") == shown_table(page, "监管行为覆盖率")
    assert stayed_home(page, shared)
    page.context.close()
    shared.context.close()


def takes_the_table_away(page: Page) -> None:
    """CSV and workbook, opened again, say what the screen says."""
    shown = shown_table(page, "较平均")
    text = downloaded(page, "下载CSV").decode("utf-8-sig")
    lines = [[original_text(cell) for cell in line] for line in csv.reader(io.StringIO(text))]
    assert [line[:-2] for line in lines] == shown
    assert {tuple(line[-2:]) for line in lines[1:]} == {("2022H1", "R0001")}
    sheet = openpyxl.load_workbook(io.BytesIO(downloaded(page, "下载Excel"))).active
    assert sheet is not None
    cells = [[written(cell) for cell in row] for row in sheet.iter_rows()]
    assert cells[-len(shown) :] == shown
    assert "共" in cells[3][0]
    assert "已全部列出" in cells[3][0]


def written(cell: Any) -> str:
    """A cell as a spreadsheet shows it."""
    if not isinstance(cell.value, int | float):
        return original_text(cell.value or "")
    _whole, _, places = cell.number_format.rstrip("%").partition(".")
    percent = cell.number_format.endswith("%")
    return f"{cell.value * (100 if percent else 1):.{len(places)}f}" + ("%" if percent else "")


def says_what_is_wrong(page: Page, text: str) -> None:
    """A comment on the finding in view."""
    form = page.get_by_test_id("stForm")
    form.get_by_label("岗位", exact=True).fill("数据科值班岗")
    form.get_by_label("意见", exact=True).fill(text)
    form.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("cell", name=text)).to_be_visible()
    expect(form.locator("textarea:not(:placeholder-shown)")).to_have_count(0)  # the old box is gone
    expect(form.get_by_label("意见", exact=True)).to_have_value("")


def drills_and_returns(page: Page) -> None:
    """A bar leads to its rows and to the filter; back takes the filter away, forward sets it again."""
    heading(page, "互联网+监管")
    settled(page)
    bar = page.locator(CHART).first.locator(".mark-rect path").first
    expect(bar).to_be_visible()
    bar.click()
    onward = page.locator(".tb-onward")
    expect(onward).to_contain_text("市档案局：数据来源")
    expect(page.get_by_role("cell", name=re.compile("indicators.csv")).first).to_be_visible()
    onward.get_by_role("link", name="只看市档案局").click()
    expect(page).to_have_url(re.compile("department=archives"))
    expect(page.get_by_role("cell", name="市卫健委", exact=True)).to_have_count(0)
    page.go_back()
    expect(page).not_to_have_url(re.compile("department="))
    expect(page.get_by_role("cell", name="市卫健委", exact=True).first).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("cell", name="市卫健委", exact=True)).to_have_count(0)
