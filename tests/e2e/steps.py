"""What people do in the app, on a wide screen and on a phone, and what they see it by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect

from lib.navigation import PAGES

SIZES = {"desktop": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}
PATHS = ["" if e.default else e.file for entries in PAGES.values() for e in entries]
APP = "[data-testid=stApp]"
CHART = "[data-testid=stVegaLiteChart]"
COMING = "[data-testid=stSkeleton]"  # stands for an element whose script is still on its way
TABLE = "[data-testid=stMain] .tb-table:visible"


def screen(browser: Browser, size: str = "desktop", dark: bool = False) -> BrowserContext:
    """A browser of that size; a phone has a touch screen."""
    width, height = SIZES[size]
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        has_touch=size == "phone",
        is_mobile=size == "phone",
    )


def opened(context: BrowserContext, url: str) -> Page:
    """A fresh visitor's page; `page.outbound` keeps its requests to other hosts, and what the
    content policy of `lib/guards/headers.py` made the browser refuse."""
    page = context.new_page()
    page.outbound = []  # type: ignore[attr-defined]
    page.on("request", lambda r: _note(page, r.url))
    page.on("console", lambda said: _note_refusal(page, said.text))
    page.goto(url)
    return page


def visit(browser: Browser, url: str, size: str = "desktop", dark: bool = False) -> Page:
    """A page in a browser of its own."""
    return opened(screen(browser, size, dark), url)


def _note(page: Page, url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        page.outbound.append(url)  # type: ignore[attr-defined]


def _note_refusal(page: Page, said: str) -> None:
    if "Content Security Policy" in said:
        page.outbound.append(said)  # type: ignore[attr-defined]


def stayed_home(*pages: Page) -> bool:
    """Whether no page asked another host for anything, or would have if its policy had let it."""
    return not any(page.outbound for page in pages)  # type: ignore[attr-defined]


def at_rest(page: Page) -> None:
    """Wait until no run is under way: what is typed while one is may go to a box about to be replaced."""
    expect(page.locator(APP)).to_have_attribute("data-test-script-state", "notRunning")


def settled(page: Page) -> None:
    """Wait until the page has said all it has to say and its charts have faded in."""
    expect(page.locator("[data-testid=stMain] h1").first).to_be_visible()
    at_rest(page)
    expect(page.locator(COMING)).to_have_count(0)
    for chart in page.locator(CHART).all():
        expect(chart.locator(".role-mark text, .role-mark path").first).to_be_attached()
    page.wait_for_timeout(500)


def heading(page: Page, text: str) -> None:
    """Wait for the page of that title."""
    expect(page.get_by_role("heading", name=text, level=1, exact=True)).to_be_visible()


@contextmanager
def drawer(page: Page) -> Iterator[None]:
    """The filters in reach: on a phone they are in a drawer, open meanwhile."""
    size = page.viewport_size
    on_phone = size is not None and size["width"] < 768
    if on_phone:
        page.get_by_test_id("stExpandSidebarButton").tap()
    yield
    if on_phone:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def turn_to(page: Page, group: str, title: str) -> None:
    """Open a page by the menus in the bar."""
    bar = page.get_by_role("navigation", name="栏目")
    bar.locator("summary", has_text=group).click()
    bar.get_by_role("link", name=title, exact=True).click()
    expect(bar.locator("details[open]")).to_have_count(0)


def choose_district(page: Page, name: str) -> None:
    """Press a district's button among the filters."""
    with drawer(page):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")


def district_chosen(page: Page, name: str, *, chosen: bool = True) -> None:
    """Wait until the filters say so; they do in a closed drawer too."""
    button = page.get_by_test_id("stSidebar").locator("button", has_text=re.compile(f"^{name}$"))
    expect(button).to_have_attribute("aria-pressed", str(chosen).lower())


def choose(page: Page, box: str, option: str) -> None:
    """Choose from a select box of the page, typing the name as one does in a long list."""
    field = page.get_by_test_id("stMain").get_by_role("combobox", name=box)
    field.click()
    field.fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def shown_table(page: Page, column: str) -> list[list[str]]:
    """The header and the rows of the table on screen that has that column."""
    table = page.locator(TABLE).filter(has=page.get_by_role("columnheader", name=column)).first
    expect(table).to_be_visible()
    read = "e => [...e.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    rows: list[list[str]] = table.evaluate(read)
    return rows


def downloaded(page: Page, name: str) -> bytes:
    """What the first download link of that name gives."""
    with page.expect_download() as downloading:
        page.get_by_role("link", name=name).first.click()
    return downloading.value.path().read_bytes()


def at(deck: Page, number: int) -> None:
    """Wait until the deck shows that slide."""
    expect(deck.locator(".slide.on .count b")).to_have_text(str(number))
    expect(deck).to_have_url(re.compile(f"#{number}$"))


def words(deck: Page) -> list[str]:
    """The words of every slide, apart from what only says when and where."""
    return deck.locator(".slide .body").all_text_contents()
