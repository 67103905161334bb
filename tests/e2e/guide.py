"""The steps of 使用帮助, walked in a real browser: what a test holds, and where the screenshots come from.

A walk is a generator: it brings the page to where the step begins, then does what the step says,
then puts things in order for the next one; each time it gives the page that is looked at.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from lib.help.guides import GUIDE_BY_ID, Step
from lib.navigation import ENTRY_BY_FILE

from .steps import choose_district, downloaded, heading, settled

Walk = Iterator[Page]
# The clerk's publishes and takes back, so the figures of the others are walked before.
ORDER = ("leader", "meeting", "clerk")
TITLE = "2022年上半年网办预警统计表,,,\n填报单位：市政务办,,,\n序号,单位,预警数,超期数\n"
WRONG = f"{TITLE}1,全市,142,23\n2,市教育局,33,1\n3,市体育厅,二一x,1\n"
RIGHT = f"{TITLE}1,全市,142,23\n2,市教育局,33,1\n"
POST = "数据科值班岗"


def control(page: Page, name: str) -> Locator:
    """What a step calls by a name: a button, a field, a heading, a column of a grid."""
    called = re.compile(rf"^{re.escape(name)}(?:[\s（]|$)")
    seen = (
        page.get_by_text(called)
        .or_(page.get_by_label(name, exact=True))
        .or_(page.get_by_role("heading", name=called))
        .or_(page.get_by_role("button", name=name, exact=True))
        .or_(page.get_by_role("link", name=name, exact=True))
    )
    in_grid = page.locator("[data-testid=stDataFrame] [role=columnheader]", has_text=called)
    return seen.filter(visible=True).or_(in_grid).first


def walked(page: Page, url: str) -> Iterator[tuple[Step, Page]]:
    """Every step, once what it says to do has been done, and the page as one then sees it."""
    for guide in map(GUIDE_BY_ID.__getitem__, ORDER):
        here = ""
        for step in guide.steps:
            if step.page != here:
                page.goto(f"{url}/{ENTRY_BY_FILE[step.page].path}")
                here = step.page
            walk = WALKS[step.id](page)
            begins = next(walk)
            for name in step.controls:
                expect(control(begins, name), f"{step.id}: “{name}”").to_be_attached()
            yield step, next(walk)
            next(walk, None)


def leader_look(page: Page) -> Walk:
    heading(page, "2022年上半年政务服务总览")
    yield page
    expect(page.locator(".tb-card-warning_count")).to_contain_text("140")
    yield page


def leader_ask(page: Page) -> Walk:
    yield page
    page.locator(".tb-card-warning_count strong a").click()
    heading(page, "网办预警件数｜全市｜2022年上半年")
    expect(page.get_by_text("warnings.csv").first).to_be_visible()
    yield page
    page.go_back()
    heading(page, "2022年上半年政务服务总览")


def leader_take(page: Page) -> Walk:
    choose_district(page, "新北区")
    expect(page.locator(".tb-card-center_point_upgraded")).to_contain_text("67")
    yield page
    assert downloaded(page, "简报 docx").startswith(b"PK")
    yield page


def meeting_choose(page: Page) -> Walk:
    expect(page.get_by_text(re.compile("：15项，共19页"))).to_be_visible()
    yield page
    yield page


def meeting_keep(page: Page) -> Walk:
    yield page
    page.get_by_label("岗位", exact=True).fill("综合科")
    page.get_by_role("button", name="保存排练", exact=True).click()
    expect(page.get_by_text("已保存“2022年上半年政务服务情况”")).to_be_visible()
    page.get_by_role("link", name="开始放映").first.scroll_into_view_if_needed()
    yield page


def meeting_show(page: Page) -> Walk:
    yield page
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="开始放映").first.click()
    deck = opening.value
    expect(deck.locator(".slide.on .count b")).to_have_text("1")
    deck.keyboard.press("ArrowRight")
    expect(deck.locator(".slide.on .count b")).to_have_text("2")
    yield deck
    deck.close()


def meeting_offline(page: Page) -> Walk:
    yield page
    with page.expect_download() as downloading:
        page.get_by_role("button", name="导出离线网页").first.click()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deck.html"
        downloading.value.save_as(file)
        deck = page.context.new_page()
        deck.goto(file.as_uri())
        expect(deck.locator(".slide.on footer")).to_contain_text("导出于 20")
        yield deck
        deck.close()


def clerk_template(page: Page) -> Walk:
    heading(page, "填报模板")
    yield page
    with page.expect_download() as downloading:
        page.get_by_role("button", name="空白模板").first.click()
    assert downloading.value.suggested_filename.endswith("模板.xlsx")
    yield page


def _drop(page: Page, name: str, text: str) -> None:
    """Drop a file saved by an office program: GBK."""
    content = {"name": name, "mimeType": "text/csv", "buffer": text.encode("gbk")}
    page.locator("input[type=file]").set_input_files(content)  # type: ignore[arg-type]


def clerk_drop(page: Page) -> Walk:
    heading(page, "数据上报")
    yield page
    settled(page)
    page.get_by_label("操作岗位", exact=True).fill(POST)
    page.get_by_label("操作岗位", exact=True).press("Enter")
    settled(page)
    _drop(page, "预警.csv", WRONG)
    expect(page.get_by_text("编码 GB18030")).to_be_visible()
    yield page


def clerk_mend(page: Page) -> Walk:
    yield page
    problems = page.get_by_role("table").filter(has_text="程度")
    expect(problems).to_contain_text("“市体育厅”不是已登记的部门")
    problems.scroll_into_view_if_needed()
    yield page
    page.get_by_role("button", name="移除预警.csv").click()
    expect(page.get_by_text("有阻断问题")).to_have_count(0)
    _drop(page, "预警-改.csv", RIGHT)


def clerk_compare(page: Page) -> Walk:
    compare = page.get_by_role("button", name="与线上数据比较")
    expect(compare).to_be_enabled()
    yield page
    compare.click()
    changes = page.get_by_text("变更的格")
    expect(changes).to_be_visible()
    changes.scroll_into_view_if_needed()
    yield page


def clerk_publish(page: Page) -> Walk:
    yield page
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布为版本 R0002")).to_be_visible()
    yield page


def clerk_return(page: Page) -> Walk:
    heading(page, "快照版本")
    form = page.get_by_test_id("stForm")
    expect(form).to_be_visible()
    yield page
    form.get_by_label("操作岗位", exact=True).fill(POST)
    form.get_by_label("原因", exact=True).fill("报错了")
    form.scroll_into_view_if_needed()
    yield page
    form.get_by_role("button", name="回退").click()
    expect(page.get_by_text("内容作为新版本 R0003 生效")).to_be_visible()


WALKS: dict[str, Callable[[Page], Walk]] = {
    walk.__name__.replace("_", "-"): walk
    for walk in (
        leader_look, leader_ask, leader_take, meeting_choose, meeting_keep, meeting_show, meeting_offline,
        clerk_template, clerk_drop, clerk_mend, clerk_compare, clerk_publish, clerk_return,
    )
}  # fmt: skip
