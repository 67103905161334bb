"""A browser too old for the app is told so, and given what it can open; one that is not is let be."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import streamlit
from calmjs.parse import es5
from calmjs.parse.exceptions import ECMASyntaxError
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from lib.navigation import PAGES
from lib.routes.check import NEEDS
from lib.settings import ROOT
from tests.e2e.steps import heading, settled
from tests.inside import get
from tests.server import Server

ASSETS = ROOT / "lib" / "assets"
STREAMLIT = Path(streamlit.__file__).parent / "static"
HOME = "?release=R0001&period=2022H1"
SENTENCE = "这个浏览器版本太低，通报台的页面打不开。"
BLOCKED = "浏览器不允许本网站使用 Cookie"
SHEET = "**/assets/style.css?*"
# What takes a need of the app away, before any script of the page runs.
TAKEN = {
    "modules": "delete HTMLScriptElement.prototype.noModule",
    "functions": "delete Object.hasOwn",
    "sizes": "delete window.ResizeObserver",
    "socket": "delete window.WebSocket",
    "cookies": "Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false })",
}
# What came after Chrome 94: nothing a page needs may be among it.
LATER = (
    "Array.prototype.findLast", "Array.prototype.findLastIndex", "Array.prototype.toSorted",
    "Array.prototype.toReversed", "Array.prototype.toSpliced", "Array.prototype.with",
    "Array.prototype.group", "Array.fromAsync", "Object.groupBy", "Map.groupBy", "Promise.try",
    "Promise.withResolvers", "String.prototype.isWellFormed", "String.prototype.toWellFormed",
    "URL.canParse", "URL.parse", "URLPattern", "structuredClone", "AbortSignal.any", "AbortSignal.timeout",
    "Set.prototype.union", "Set.prototype.difference", "Set.prototype.intersection", "RegExp.escape",
    "Iterator.prototype.map", "Iterator.prototype.filter", "Iterator.prototype.toArray", "Iterator.from",
    "Error.isError", "Intl.DurationFormat", "Document.prototype.startViewTransition",
    "HTMLElement.prototype.showPopover", "Element.prototype.setHTML", "Element.prototype.checkVisibility",
    "CSSStyleSheet.prototype.replace", "scheduler", "navigation",
)  # fmt: skip
REMOVE = """
for (const name of NAMES) {
  const path = name.split("."), last = path.pop();
  const owner = path.reduce((held, part) => held?.[part], window);
  if (owner) delete owner[last];
}
"""


def ended(context: BrowserContext, address: str) -> Page:
    """The page an address leads to."""
    page = context.new_page()
    page.goto(address)
    return page


def garbled(route: Route) -> None:
    """A script in a syntax the browser does not know."""
    route.fulfill(content_type="text/javascript", body="(class { static { ~~ } });")


def test_the_scripts_of_old_browsers_are_ecmascript_5() -> None:
    for path in (ASSETS / "check.js", ROOT / "lib/documents/webpage/page.js"):
        assert es5(path.read_text(encoding="utf-8")).children()


@pytest.mark.parametrize(
    "script",
    ["let a = 1;", "f(() => 1);", "var a = `b`;", "f(...a);", "a?.b;", "for (var a of b) {}", "class A {}", "f(a,);", "var { a } = b;"],
)  # fmt: skip
def test_newer_scripts_are_not(script: str) -> None:
    with pytest.raises(ECMASyntaxError):
        es5(script)


def test_the_first_script_is_in_the_newest_syntax_of_those_that_follow() -> None:
    html = get(HOME)[2].decode()
    main = re.findall(r'type="module"[^>]* src="\./(static/js/[^"]+)"', html)
    (script,) = [(STREAMLIT / name).read_text(encoding="utf-8") for name in main]
    assert "static{" in script
    assert "static {" in (ASSETS / "start.js").read_text(encoding="utf-8")


def test_the_page_names_every_need_and_its_links_keep_what_was_asked_for() -> None:
    status, headers, body = get(f"check{HOME}&district=xinbei&other=%22%3E%3Cb%3E")
    html = body.decode()
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert re.findall(r'id="need-(\w+)"', html) == list(NEEDS)
    looked_for = re.findall(r"^    (\w+): ", (ASSETS / "check.js").read_text("utf-8"), re.MULTILINE)
    assert looked_for == list(NEEDS)
    asked = "release=R0001&amp;period=2022H1&amp;district=xinbei"
    assert f'href="./document/html?{asked}"' in html
    assert html.count(f'href="./?{asked}') == 3
    assert "<b>" not in html.split("</style>")[1].split("<p>")[0]
    assert not re.search(r"<script>|\son\w+=|https?:", html)


def test_the_page_is_of_the_address_it_has_in_no_menu() -> None:
    assert "check" not in {e.file for entries in PAGES.values() for e in entries}
    assert get("check")[0] == 200


def test_a_bare_address_of_the_offline_page_leads_to_the_newest() -> None:
    status, headers, _ = get("document/html")
    assert (status, headers["location"]) == (307, HOME)
    assert urljoin("http://x/document/html", HOME) == f"http://x/document/html{HOME}"


def test_the_style_of_the_check_page_is_old_too() -> None:
    html = (ASSETS / "check.html").read_text(encoding="utf-8")
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"var\(|--|:has|:is\(|gap|grid|flex|@|calc|&", style)


@pytest.mark.browser
@pytest.mark.parametrize("need", [*TAKEN, "syntax"])
def test_who_lacks_a_need_is_told_which_and_given_the_offline_page(
    server: Server, browser: Browser, need: str
) -> None:
    context = browser.new_context()
    if need in TAKEN:
        context.add_init_script(TAKEN[need])
    else:
        context.route("**/assets/start.js?*", garbled)
    page = ended(context, f"{server.url}/indicators{HOME}")
    expect(page.get_by_text(BLOCKED if need == "cookies" else SENTENCE)).to_be_visible()
    expect(page.locator(".said:visible")).to_have_count(1)
    assert page.url == f"{server.url}/check{HOME}"
    lacking = [id for id in NEEDS if page.locator(f"#need-{id}").inner_text() == "无"]
    assert lacking == [need]
    assert re.match(r"Chrome \d+$", page.locator("#browser").inner_text())
    offline = page.get_by_role("link", name="下载离线网页")
    assert offline.get_attribute("href") == f"./document/html{HOME}"
    page.get_by_role("link", name="仍要打开通报台").click()
    expect(page).to_have_url(f"{server.url}/{HOME}#anyway")
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("agent", "name", "hints"),
    [
        ("Mozilla/5.0 (Windows NT 6.1) Chrome/49.0 Safari/537.36", "Chrome 49", 1),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/86.0 Safari/537.36 QQBrowser/11.2", "QQ浏览器 11（内核 Chrome 86）", 0),
        ("Mozilla/5.0 (Windows NT 6.1) Chrome/63.0 Safari/537.36 360SE", "360浏览器（内核 Chrome 63）", 1),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:78.0) Gecko/20100101 Firefox/78.0", "Firefox 78", 0),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "IE 11", 2),
        ("?", "认不出的浏览器", 0),
    ],
)  # fmt: skip
def test_it_says_which_browser_it_is_and_what_helps_there(
    server: Server, browser: Browser, agent: str, name: str, hints: int
) -> None:
    context = browser.new_context(user_agent=agent)
    context.add_init_script("delete Object.hasOwn")
    if "Trident" in agent:
        context.add_init_script("document.documentMode = 11")
    page = ended(context, f"{server.url}/{HOME}")
    expect(page.locator("#browser")).to_have_text(name)
    assert page.locator("li.if:visible").count() == hints
    assert page.locator("p.said:visible").count() == 1
    context.close()


@pytest.mark.browser
def test_without_scripts_the_page_says_so_and_the_offline_page_is_offered(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = ended(context, server.url)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载离线网页").click()
    assert downloading.value.suggested_filename == "离线网页-2022H1-R0001.html"
    assert "主要数据" in Path(downloading.value.path()).read_text(encoding="utf-8")
    page.goto(f"{server.url}/check")
    expect(page.get_by_text("浏览器没有运行脚本")).to_be_visible()
    assert page.locator("p.said:visible").count() == 1
    context.close()


@pytest.mark.browser
def test_a_browser_that_has_all_is_let_be(server: Server, browser: Browser) -> None:
    page = ended(browser.new_context(viewport={"width": 390, "height": 844}), f"{server.url}/check")
    expect(page.get_by_text("这个浏览器可以使用通报台")).to_be_visible()
    assert {page.locator(f"#need-{id}").inner_text() for id in NEEDS} == {"有"}
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="打开通报台").click()
    heading(page, "2022年上半年政务服务总览")
    page.context.close()


@pytest.mark.browser
def test_the_oldest_browser_let_in_shows_the_page_and_its_menus(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context()
    context.add_init_script(REMOVE.replace("NAMES", str(list(LATER))))

    def without_newer_rules(route: Route) -> None:
        sheet = (ASSETS / "style.css").read_text(encoding="utf-8")
        for newer in ("light-dark(", ":has(", "color-mix(", "@container"):
            sheet = sheet.replace(newer, newer[:-1] + "-unknown" + newer[-1])
        route.fulfill(content_type="text/css", body=sheet)

    context.route(SHEET, without_newer_rules)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{server.url}/{HOME}")
    heading(page, "2022年上半年政务服务总览")
    settled(page)
    bar = page.get_by_role("navigation", name="栏目")
    bar.locator("summary", has_text="通报各章").click()
    menu = bar.locator("details[open] div")
    assert menu.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    bar.get_by_role("link", name="服务阵地", exact=True).click()
    heading(page, "服务阵地")
    settled(page)
    assert page.evaluate("Array.prototype.toSorted.toString()").startswith("value(compare)")
    assert said == []
    context.close()
