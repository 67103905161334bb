"""离线网页: one file that says what the app does and fetches nothing."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from lib.documents.webpage.page import summary_html
from lib.insight.overview import overview
from lib.queries.facts import fact_book
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.register import VIEWS

HERE = Path(__file__).parents[2] / "lib" / "documents" / "webpage"
DISTRICT = Selection("R0001", "2022H1", ("xinbei",))
DEPARTMENT = Selection("R0001", "2022H1", (), ("education",))
SCOPES = [Selection("R0001", "2022H1"), DISTRICT, DEPARTMENT]
scopes = pytest.mark.parametrize("at", SCOPES, ids=["city", "district", "department"])
# What came to browsers after about 2017, and to scripts after ECMAScript 5.
LATER_CSS = (
    ":has(", "var(", "--", "oklch", "clamp(", "min(", "max(", "gap:", "grid", ":is(", ":where(",
    "inset:", "aspect-ratio", "@layer", "@container", "&",
)  # fmt: skip
LATER_JS = (
    "Array.prototype.includes", "Array.prototype.find", "Array.from", "Object.assign",
    "Object.entries", "Object.values", "String.prototype.includes", "String.prototype.startsWith",
    "String.prototype.endsWith", "String.prototype.repeat", "String.prototype.padStart",
    "NodeList.prototype.forEach", "Element.prototype.closest", "Element.prototype.append",
    "Element.prototype.remove", "Promise", "Symbol", "Map", "Set", "fetch", "URL", "IntersectionObserver",
)  # fmt: skip
# Takes newer functions away while the page loads, uses its controls without them, and gives them
# back: what drives the browser needs them.
OLD = """
(function (names) {
  var kept = names.map(function (name) {
    var path = name.split("."), last = path.pop(), owner = window;
    path.forEach(function (part) { owner = owner[part]; });
    var found = [owner, last, Object.getOwnPropertyDescriptor(owner, last)];
    Object.defineProperty(owner, last, { value: undefined, configurable: true, writable: true });
    return found;
  });
  document.addEventListener("DOMContentLoaded", function () {
    var wanted = document.getElementById("wanted"), all = document.getElementById("all");
    window.wasOld = typeof Promise === "undefined" && !Array.prototype.includes;
    try {
      wanted.value = "预警"; wanted.dispatchEvent(new Event("input"));
      window.wasFound = document.getElementById("found").textContent;
      wanted.value = ""; wanted.dispatchEvent(new Event("input"));
      all.click(); all.click();
    } finally {
      kept.forEach(function (one) { Object.defineProperty(one[0], one[1], one[2]); });
    }
  });
}(NAMES));
""".replace("NAMES", json.dumps(LATER_JS))


class Words(HTMLParser):
    """The texts of a page outside styles, scripts and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("style", "script", "svg"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside and data.strip():
            self.texts.append(data.strip())


def texts(content: bytes) -> list[str]:
    parser = Words()
    parser.feed(content.decode())
    return parser.texts


@scopes
def test_the_page_says_everything_the_app_does(at: Selection) -> None:
    said = texts(summary_html(at))
    whole = "\n".join(said)
    view = overview(at)
    assert [s.text for s in view.sentences if s.text not in whole] == []
    assert [card.value for card in view.cards if card.value not in said] == []
    assert [f.arithmetic for f in view.unresolved if f.arithmetic not in whole] == []
    for item in VIEWS:
        shown = item.make(at)
        assert shown.reading in whole
        assert [
            cell for row in shown.table.rows for cell in row if cell and cell not in whole
        ] == []


def test_every_figure_and_highlight_is_there_with_its_row(whole_city: Selection) -> None:
    whole = "\n".join(texts(summary_html(whole_city)))
    sources = {f"{f.source_file} 第{f.source_row}行" for f in fact_book("R0001", "2022H1")}
    assert {source for source in sources if source not in whole} == set()
    items = [row["item"] for row in highlights("R0001", "2022H1").to_pylist()]
    assert [item for item in items if item not in whole] == []
    assert f"共{len(fact_book('R0001', '2022H1'))}行，已全部列出。" in whole


@scopes
def test_one_file_that_fetches_nothing_and_says_what_it_is(at: Selection) -> None:
    content = summary_html(at)
    html = content.decode()
    assert content == summary_html(at)
    assert html.startswith("<!doctype html>")
    assert '<meta charset="utf-8">' in html[:300]
    assert "default-src 'none'" in unescape(html)
    assert not re.search(r'(?:src|href)="(?!#|data:,)|url\((?!#)|@import|style="|\son\w+="', html)
    said = " ".join(texts(content))
    for word in ("非涉密", "版本 R0001", "数据时点 2022-06-30 至 2022-08-08", at.scope):
        assert word in said
    assert "演示数据" not in said


def test_the_style_needs_nothing_newer_than_2017() -> None:
    css = re.sub(r"/\*.*?\*/", "", (HERE / "page.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [word for word in LATER_CSS if word in css] == []


def visited(
    browser: Browser, content: bytes, folder: Path, width: int, **options: bool
) -> tuple[Page, list[str]]:
    """The page opened from disk without network or newer functions, and everything it complained of."""
    path = folder / "page.html"
    path.write_bytes(content)
    context = browser.new_context(viewport={"width": width, "height": 768}, offline=True, **options)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if asked.url != path.as_uri() else None)
    page.add_init_script(OLD)
    page.goto(path.as_uri())
    return page, [text for text in said if text != "data:,"]


@pytest.mark.browser
@scopes
@pytest.mark.parametrize("width", [1366, 390])
def test_it_opens_offline_in_an_old_browser_and_fits(
    browser: Browser, at: Selection, width: int, tmp_path: Path
) -> None:
    page, said = visited(browser, summary_html(at), tmp_path, width)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("window.wasOld") is True
    assert page.evaluate("window.wasFound").startswith("显示")
    drawings = page.locator(".chart svg")
    assert drawings.count() > 3
    assert all(
        (drawings.nth(n).bounding_box() or {})["height"] > 30 for n in range(drawings.count())
    )


@pytest.mark.browser
def test_words_narrow_the_table_of_figures_and_details_open(
    browser: Browser, whole_city: Selection, tmp_path: Path
) -> None:
    page, _ = visited(browser, summary_html(whole_city), tmp_path, 1366)
    whole = len(fact_book("R0001", "2022H1"))
    page.get_by_label("只看含有这些字的行").fill("权力事项认领率 新北区")
    assert page.locator("#found").inner_text() == f"显示1行，共{whole}行"
    assert (
        page.locator("table.filtered tbody tr:visible").all_inner_texts()[0].split("\t")[2]
        == "低于70%"
    )
    page.get_by_label("只看含有这些字的行").fill("")
    assert page.locator("table.filtered tbody tr:visible").count() == whole
    page.get_by_role("button", name="展开全部数据行").click()
    assert page.locator("details:not([open])").count() == 0
    page.get_by_role("button", name="收起数据行").click()
    assert page.locator("details[open]").count() == 0
    page.get_by_role("link", name="待核对", exact=True).click()
    assert page.get_by_role("heading", name="待核对").is_visible()


@pytest.mark.browser
def test_without_script_everything_is_read_and_nothing_dead_is_shown(
    browser: Browser, whole_city: Selection, tmp_path: Path
) -> None:
    page, said = visited(
        browser, summary_html(whole_city), tmp_path, 1366, java_script_enabled=False
    )
    assert said == []
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_text("背后的数据行").first.is_visible()


@pytest.mark.browser
def test_on_paper_it_is_a4_and_nothing_stands_out_of_the_page(
    browser: Browser, whole_city: Selection, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    page, _ = visited(browser, summary_html(whole_city), tmp_path, 1366)
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    pages = PdfReader(paper).pages
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {(595, 842)}
    assert 5 < len(pages) < 60
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 994})  # A4 without its margins
    assert page.evaluate("document.documentElement.scrollWidth") == 703
