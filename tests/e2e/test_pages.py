"""Every page fits its screen, is legible in light and dark, bars nobody, and asks no other host."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.server import Server

from .conftest import Screens
from .steps import PATHS, opened, settled, stayed_home, visit

pytestmark = pytest.mark.browser
SERIOUS = {"serious", "critical"}
TOO_FAINT, UNFIT_FOR_FINGERS = (
    (Path(__file__).parent / name).read_text(encoding="utf-8")
    for name in ("contrast.js", "touch.js")
)
LOOKS = (("laptop", False), ("laptop", True), ("phone", False))
# By light on a laptop each; in the dark and on a phone by turns, all of them by `make soak`.
SEEN = [
    pytest.param(path, *look, marks=[pytest.mark.soak] * (0 < turn != 1 + place % 2))
    for place, path in enumerate(PATHS)
    for turn, look in enumerate(LOOKS)
]


def barriers(page: Page) -> list[tuple[str, str]]:
    """What axe calls serious or critical."""
    found = Axe().run(page).response["violations"]
    return [(v["id"], n["html"][:200]) for v in found if v["impact"] in SERIOUS for n in v["nodes"]]


def pointed_at(page: Page) -> Page:
    """The page as if the mouse were on every link and button at once."""
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    pointed = {"nodeId": root, "selector": "a, button, summary"}
    for node in tools.send("DOM.querySelectorAll", pointed)["nodeIds"]:
        tools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["hover"]})
    return page


_BEYOND = "(() => { const e = document.querySelector('[data-testid=%s]'); return e.scrollHeight - e.clientHeight; })()"
UNDER_THE_BAR, BELOW_THE_FOLD = _BEYOND % "stAppViewContainer", _BEYOND % "stMain"  # px


@pytest.mark.parametrize(("path", "size", "dark"), SEEN)
def test_every_page_fits_is_legible_and_bars_nobody(
    screens: Screens, server: Server, path: str, size: str, dark: bool
) -> None:
    page = opened(screens(size, dark), f"{server.url}/{path}")
    settled(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, "nothing is wider than the screen"
    assert page.evaluate(UNDER_THE_BAR) == 0, "nothing can be scrolled under the bar"
    assert page.evaluate(TOO_FAINT) == []
    if size == "laptop":
        if not dark:  # colours aside, which TOO_FAINT has seen, a page is the same in the dark
            assert barriers(page) == []
        assert pointed_at(page).evaluate(TOO_FAINT) == []
    else:
        assert page.evaluate(UNFIT_FOR_FINGERS) == []
    assert stayed_home(page)
    page.close()


def test_the_overview_fits_one_big_screen(browser: Browser, server: Server) -> None:
    page = visit(browser, server.url)
    settled(page)
    assert page.evaluate(BELOW_THE_FOLD) == 0
    page.context.close()


def test_one_district_has_a_bar_not_a_line(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/centers?district=xinbei")
    settled(page)
    box = page.locator("[data-testid=stVegaLiteChart] .mark-rect path").last.bounding_box()
    assert box is not None
    assert box["height"] >= 15
    page.context.close()


def test_a_link_with_unknown_values_says_so(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/?district=火星区&district=溧阳市")
    expect(page.get_by_text("链接里的地区“火星区”不存在")).to_be_visible()
    expect(page.locator(".tb-card-center_point_upgraded")).to_contain_text("58")
    page.context.close()


def test_the_health_route_names_the_release(server: Server) -> None:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=60) as answer:
        assert json.load(answer) == {"status": "ok", "release": "R0001"}


def test_the_server_prints_no_warning(server: Server) -> None:
    printed = server.log.read_text(encoding="utf-8")
    assert not re.search(r"warning|error|traceback", printed, re.IGNORECASE), printed
