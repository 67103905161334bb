"""axe finds nothing serious on any page, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from lib.navigation import PAGES

from .conftest import Server
from .test_leader_journey import visit

pytestmark = pytest.mark.browser
PATHS = ["" if e.default else e.file for entries in PAGES.values() for e in entries]
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_serious_barrier(browser: Browser, server: Server, path: str) -> None:
    for dark in (False, True):
        page = visit(browser, f"{server.url}/{path}", "laptop", dark)
        expect(page.locator("[data-testid=stMain] h1").first).to_be_visible()
        expect(page.locator("[data-testid=stApp]")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        page.wait_for_timeout(800)  # charts fade in after the script has ended
        found = Axe().run(page).response["violations"]
        told = [
            (v["id"], n["html"][:200]) for v in found if v["impact"] in SERIOUS for n in v["nodes"]
        ]
        assert told == [], f"dark={dark}"
        page.close()
