"""A clerk drops a GBK file, sees what is wrong, drops the corrected one, publishes, and takes it back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server import Server

from .steps import visit

pytestmark = pytest.mark.browser
TITLE = "2022年上半年网办预警统计表,,,\n填报单位：市政务办,,,\n序号,单位,预警数,超期数\n"
WRONG = (
    TITLE
    + "1,全市,142,23\n2,市教育局,33,1\n3,市体育厅,二一x,1\n填表人：某某 电话：13800000000,,,\n"
)
RIGHT = TITLE + "1,全市,142,23\n2,市教育局,33,1\n"


def drop(page: Page, name: str, text: str) -> None:
    """Drop a file saved by an office program: GBK."""
    content = {"name": name, "mimeType": "text/csv", "buffer": text.encode("gbk")}
    page.locator("input[type=file]").set_input_files(content)  # type: ignore[arg-type]


def warned(page: Page, url: str) -> str:
    """The headline number of warnings on 总览."""
    page.goto(url)
    card = page.locator(".tb-card-warning_count strong")
    expect(card).to_be_visible()
    return card.inner_text()


def noted(page: Page, url: str) -> None:
    """操作日志 has it all, on the page and in the file, and nothing of what the files held."""
    page.goto(f"{url}/audit")
    expect(page.get_by_text("操作日志完好")).to_be_visible()
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载 CSV").click()
    lines = caught.value.path().read_text(encoding="utf-8-sig").splitlines()[1:]
    done = [(row[4], row[6], row[7]) for row in (line.split(",") for line in lines)]
    assert done[:6] == [
        ("回退", "R0003", "成功"), ("回退", "", "开始"), ("发布", "R0002", "成功"), ("发布", "", "开始"),
        ("报送", "", "成功"), ("上传", "", "成功"),
    ]  # fmt: skip
    assert [row for row in done if row[2] == "拒绝"] == [("上传", "", "拒绝")]
    assert "13800000000" not in "".join(lines)


def test_a_clerk_corrects_publishes_and_takes_back(
    browser: Browser, own_server: Server, tmp_path: Path
) -> None:
    page = visit(browser, f"{own_server.url}/upload")
    post = page.get_by_label("操作岗位", exact=True)
    post.fill("数据科值班岗")
    post.press("Enter")
    drop(page, "预警.csv", WRONG)
    expect(page.get_by_text("有阻断问题或未回答的提问")).to_be_visible()
    expect(page.get_by_text("编码 GB18030")).to_be_visible()
    problems = page.get_by_role("table").filter(has_text="程度")
    expect(problems).to_contain_text("“市体育厅”不是已登记的部门")
    expect(problems).to_contain_text("“二一x”读不出一个数")
    expect(page.get_by_test_id("stMain")).not_to_contain_text("13800000000")
    expect(page.get_by_role("button", name="与线上数据比较")).to_have_count(0)
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载批注过的原文件").click()
    book = openpyxl.load_workbook(io.BytesIO(caught.value.path().read_bytes()))
    assert book.sheetnames == ["原文件", "问题清单"]
    assert "市体育厅" in book["原文件"]["B6"].comment.text

    page.get_by_role("button", name="移除预警.csv").click()
    expect(page.get_by_text("有阻断问题")).to_have_count(0)
    drop(page, "预警-改.csv", RIGHT)
    page.get_by_role("button", name="与线上数据比较").click()
    expect(page.get_by_text("变更的格")).to_be_visible()
    effects = page.get_by_role("table").filter(has_text="总览指标")
    expect(effects).to_contain_text("140件")
    expect(effects).to_contain_text("142件")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布为版本 R0002")).to_be_visible()
    assert warned(page, own_server.url) == "142"
    assert warned(page, f"{own_server.url}/?release=R0001") == "140"
    expect(page.get_by_text("正在查看旧版本 R0001")).to_be_visible()

    page.goto(f"{own_server.url}/releases")
    form = page.get_by_test_id("stForm")
    form.get_by_label("操作岗位", exact=True).fill("数据科值班岗")
    form.get_by_label("原因", exact=True).fill("报错了")
    form.get_by_role("button", name="回退").click()
    expect(page.get_by_text("内容作为新版本 R0003 生效")).to_be_visible()
    assert warned(page, f"{own_server.url}/?release=R0003") == "140"
    noted(page, own_server.url)
    assert page.outbound == []  # type: ignore[attr-defined]
    log = own_server.log.read_text(encoding="utf-8")
    assert not re.search("Traceback|Warning|ERROR", log), log


def test_a_file_that_is_no_table_is_refused_and_the_next_one_read(
    browser: Browser, own_server: Server
) -> None:
    page = visit(browser, f"{own_server.url}/upload", "laptop")
    program = {
        "name": "ok.csv",
        "mimeType": "text/csv",
        "buffer": b"MZ\x90\x00" + bytes(range(256)),
    }
    page.locator("input[type=file]").set_input_files(program)  # type: ignore[arg-type]
    expect(page.get_by_text("这是可执行程序，不是表格")).to_be_visible()
    page.get_by_role("button", name="移除ok.csv").click()
    expect(page.get_by_text("这是可执行程序")).to_have_count(0)
    drop(page, "预警.csv", RIGHT)
    expect(page.get_by_text("网办预警，2022年上半年，2行")).to_be_visible()
