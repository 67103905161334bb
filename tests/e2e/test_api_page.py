"""The page that explains the API: one document that fits, is legible and bars nobody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from lib.api.resources import RESOURCES
from tests.server import Server

from .steps import heading, stayed_home, visit
from .test_pages import LOOKS, TOO_FAINT, UNFIT_FOR_FINGERS, barriers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "dark"), LOOKS)
def test_the_page_at_api_fits_and_is_legible_unfolded(
    browser: Browser, server: Server, size: str, dark: bool
) -> None:
    page = visit(browser, f"{server.url}/api", size, dark)
    heading(page, "数据接口")
    for resource in RESOURCES:
        expect(page.get_by_text(f"/api/v1{resource.path}", exact=True)).to_be_visible()
    for part in page.locator("summary").all():
        part.click()
    expect(page.get_by_text("原文写法，如 85.40、2.3万、第二")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert page.evaluate(TOO_FAINT) == []
    assert (barriers(page) if size == "laptop" else page.evaluate(UNFIT_FOR_FINGERS)) == []
    with page.expect_response("**/api/v1/openapi.json") as answered:
        page.get_by_role("link", name="openapi.json").click()
    assert answered.value.status == 200
    assert stayed_home(page)
    page.context.close()
