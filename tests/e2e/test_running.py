"""What a browser shows while a page runs: the figures as they are, and after a while a word."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from lib.catalog.places import DISTRICTS
from tests.server import Server

from .steps import APP, at_rest, visit

pytestmark = pytest.mark.browser
WORD = f"""() => {{
    const style = getComputedStyle(document.querySelector('{APP}'), '::after');
    return style.visibility === 'visible' ? style.content : 'none';
}}"""
LATER = f"""async () => {{
    let said = 'none';
    for (let looked = 0; said === 'none' && looked < 300; looked++) {{
        await new Promise((done) => setTimeout(done, 100));
        said = ({WORD})();
    }}
    return said;
}}"""
# Streamlit's own way is to fade each element, in a layer of its own, before anything new is painted.
MOVING = "document.getAnimations().map((a) => a.transitionProperty || a.animationName)"
# Looked at whenever an element changes its state: a run may be over before the next frame. One that is told
# to a browser with its end is not seen at all.
WATCH = f"""() => {{
    window.moved = new Set();
    const look = () => {{ for (const name of {MOVING}) moved.add(name); }};
    new MutationObserver(look).observe(document.querySelector('{APP}'), {{
        subtree: true, attributeFilter: ["data-stale", "data-test-script-state"]
    }});
}}"""


def test_no_element_fades_while_new_figures_are_on_their_way(
    browser: Browser, server: Server
) -> None:
    page = visit(browser, f"{server.url}/indicators", "laptop")
    expect(page.get_by_role("cell", name="85.40%").first).to_be_visible()
    at_rest(page)
    page.evaluate(WATCH)
    seen = 0  # by the word's clock
    for district in DISTRICTS:
        page.evaluate("moved.clear()")
        page.get_by_role("button", name=district.name, exact=True).click()
        expect(page).to_have_url(re.compile(district.id))
        at_rest(page)
        moved = page.evaluate("[...moved]")
        assert "opacity" not in moved
        seen += "tb-late" in moved
    assert seen
    page.context.close()


def test_a_run_that_takes_long_says_so(browser: Browser, server: Server) -> None:
    page = visit(browser, f"{server.url}/centers", "laptop")
    at_rest(page)
    assert page.evaluate(WORD) == "none"
    state = f"document.querySelector('{APP}').dataset.testScriptState"
    assert page.evaluate(f"() => {{ {state} = 'running'; return ({WORD})(); }}") == "none"
    assert page.evaluate(LATER) == '"正在更新…"'
    assert page.evaluate(f"() => {{ {state} = 'notRunning'; return ({WORD})(); }}") == "none"
    page.context.close()
