"""Streamlit's own controls speak Chinese, on screen and to screen readers; an upgrade may not undo that."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.server import Server

from .steps import visit

pytestmark = pytest.mark.browser
# Every text and label outside charts; what the screen shows where scripts are off is not ours.
TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (at.closest("script, style, noscript, svg, [translate=no]")) continue;
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    else for (const name of ["aria-label", "title", "placeholder"])
      if (node.hasAttribute(name)) found.push(node.getAttribute(name));
  }
  return found;
}"""
# Lower-case letters make a word; capitals alone are formats: CSV, XLSX, PC.
WORD = re.compile(r"[A-Za-z]*[a-z]{3,}")


def english(page: Page) -> set[str]:
    """Texts of a page that hold an English word and no Chinese."""
    texts = {text.strip() for text in page.evaluate(TEXTS)}
    return {text for text in texts if WORD.search(text) and not re.search("[一-鿿]", text)}


@pytest.mark.parametrize("path", ["upload", "indicators", "trend"])
def test_no_built_in_control_speaks_english(browser: Browser, server: Server, path: str) -> None:
    page = visit(browser, f"{server.url}/{path}", "laptop")
    expect(page.get_by_test_id("stSidebar").get_by_text("数据版本")).to_be_visible(timeout=20_000)
    for _ in range(50):  # they are said in Chinese when the browser is idle
        if not (found := english(page)):
            break
        page.wait_for_timeout(200)
    assert found == set()
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_the_uploader_says_the_limit_that_is_held(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/upload", "laptop")
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader.get_by_text("每个不超过30 MB • CSV, TSV, TXT, XLSX")).to_be_visible(
        timeout=20_000
    )
    expect(uploader.locator("button", has_text="选择文件")).to_be_visible()


def test_a_search_without_a_match_says_so(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/warnings", "laptop")
    box = page.get_by_test_id("stSidebar").get_by_test_id("stMultiSelect").locator("input")
    expect(box).to_be_visible(timeout=20_000)
    box.fill("没有这个部门")
    expect(page.get_by_text("没有匹配的选项")).to_be_visible()


def test_an_upload_the_server_refuses_says_why(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/upload", "laptop")
    files = [
        {"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"a,b\n1,2\n"} for n in range(21)
    ]
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    alert = page.get_by_test_id("stFileUploader").get_by_role("alert")
    expect(alert).to_have_text(re.compile("^出错：.*已放满（20个、共100 MB）。请"), timeout=30_000)
