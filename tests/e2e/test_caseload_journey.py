"""A case that is overdue, found in 预警台账: filter, drill, turn the page, and back again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.caseload import lake_of_cases
from tests.server import Server, running

from .steps import (
    choose_district,
    district_chosen,
    heading,
    settled,
    shown_table,
    stayed_home,
    visit,
)
from .test_pages import TOO_FAINT, UNFIT_FOR_FINGERS, barriers

pytestmark = pytest.mark.browser
CARD = ".tb-card-late strong"


@pytest.fixture(scope="module")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose newest release has 20,000 invented cases."""
    folder = tmp_path_factory.mktemp("caseload")
    with lake_of_cases(folder, 20_000):
        pass
    with running(folder, TONGBAO_DEMO="1") as found:
        yield found


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_from_the_figures_to_a_case_and_back(caseload: Server, browser: Browser, size: str) -> None:
    page = visit(browser, f"{caseload.url}/caseload", size)
    heading(page, "预警台账")
    whole = page.locator(CARD).inner_text()
    choose_district(page, "武进区")
    expect(page.locator(CARD)).not_to_have_text(whole)
    few = page.locator(CARD).inner_text()
    page.locator(CARD).get_by_role("link").click()
    expect(page).to_have_url(re.compile("district=wujin.*status=late"))
    pages = page.get_by_role("navigation", name="翻页").first
    expect(pages).to_contain_text(f"共{few}件，第1页")
    first = shown_table(page, "办件编号")
    assert len(first) == 21
    assert {row[3] for row in first[1:]} == {"武进区"}
    pages.get_by_role("link", name="下一页").click()
    expect(pages).to_contain_text("第2页")
    assert not {row[0] for row in shown_table(page, "办件编号")[1:]} & {r[0] for r in first[1:]}
    page.go_back()
    expect(pages).to_contain_text("第1页")
    item = first[1][2]
    field = page.get_by_test_id("stMain").get_by_role("combobox", name="事项")
    field.click()
    field.fill(item)
    page.get_by_role("option", name=re.compile(f"^{item}（")).click()
    expect(page).to_have_url(re.compile("item="))
    expect(pages).not_to_contain_text(f"共{few}件")  # its first row is one of that item before, too
    with page.expect_download() as started:
        page.get_by_role("link", name="下载CSV").click()
    with started.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert {(row["事项"], row["地区"]) for row in csv.DictReader(file)} == {(item, "武进区")}
    page.get_by_role("link", name="返回台账").click()
    expect(page.locator(".tb-panels")).to_be_visible()
    district_chosen(page, "武进区")
    assert stayed_home(page)
    page.context.close()


def test_one_press_of_back_undoes_one_step(caseload: Server, browser: Browser) -> None:
    page = visit(browser, f"{caseload.url}/warnings")
    heading(page, "网办预警")
    page.goto(f"{caseload.url}/caseload?status=late")
    pages = page.get_by_role("navigation", name="翻页").first
    expect(pages).to_contain_text("第1页")
    settled(page)
    page.go_back()
    heading(page, "网办预警")
    page.go_forward()
    settled(page)  # a page that still grows can take a link away from under the mouse
    for number in (2, 3):
        pages.get_by_role("link", name="下一页").click()
        expect(pages).to_contain_text(f"第{number}页")
    choose_district(page, "武进区")
    expect(pages).to_contain_text("第1页")
    expect(page).to_have_url(re.compile("district=wujin"))
    assert "p=" not in page.url
    page.go_back()
    expect(pages).to_contain_text("第3页")
    district_chosen(page, "武进区", chosen=False)
    page.context.close()


@pytest.mark.parametrize(("size", "dark"), [("laptop", False), ("laptop", True), ("phone", False)])
@pytest.mark.parametrize("path", ["caseload", "caseload?status=overdue"])
def test_figures_and_lists_are_legible_and_bar_nobody(
    caseload: Server, browser: Browser, path: str, size: str, dark: bool
) -> None:
    page = visit(browser, f"{caseload.url}/{path}", size, dark)
    settled(page)
    page.add_style_tag(content=".tb-panel { content-visibility: visible !important; }")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.evaluate(TOO_FAINT) == []
    if size == "phone":
        assert page.evaluate(UNFIT_FOR_FINGERS) == []
    else:
        assert barriers(page) == []
    page.context.close()
