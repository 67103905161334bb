"""The server is killed while pages are open; started again, they come right by themselves."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from lib.store.lake import Lake
from tests.security.conftest import copied
from tests.server import ROOT, restarted, running

from .steps import APP, choose_district, district_chosen, opened, screen, settled

pytestmark = pytest.mark.browser
BACK = 10_000  # milliseconds, from the moment the server answers


def come_right_by_themselves(
    context: BrowserContext, tmp_path: Path, root: Path, tries: int = 3
) -> None:
    """Two pages that are open when the server of that project is killed."""
    lake = Lake(tmp_path / "data" / "lake")
    with running(tmp_path, root=root) as server:
        port = urlsplit(server.url).port or 0
        overview = opened(context, f"{server.url}/?release=R0001&period=2022H1")
        settled(overview)
        choose_district(overview, "金坛区")
        expect(overview).to_have_url(re.compile("district=jintan"))
        dictionary = opened(context, f"{server.url}/dictionary?release=R0001&period=2022H1")
        settled(dictionary)
        search = dictionary.get_by_role("textbox", name=re.compile("查|搜"))
        search.fill("监管事项认领率")
        search.press("Enter")
        settled(dictionary)
        for page in (overview, dictionary):
            page.evaluate("window.stillTheSame = true")
        settled(overview)
        shown = overview.get_by_test_id("stMain").inner_text()
        os.kill(server.pid, signal.SIGKILL)

    def unconnected() -> None:
        state = overview.locator(APP)
        expect(state).not_to_have_attribute("data-test-connection-state", "CONNECTED")

    def gone() -> None:
        unconnected()
        lake.rollback("R0001", by="数据科", note="期间发布的新版本")

    def back() -> None:
        newest = lake.releases()[0].id
        for page in (overview, dictionary):
            expect(page.get_by_text(f"最新版本是 {newest}")).to_be_visible(timeout=BACK)

    unconnected()
    assert overview.get_by_test_id("stMain").inner_text() == shown
    with restarted(tmp_path, port, root, gone=gone, back=back, tries=tries):
        for page in (overview, dictionary):
            assert page.evaluate("window.stillTheSame")
        settled(overview)
        district_chosen(overview, "金坛区")
        expect(search).to_have_value("监管事项认领率")
        choose_district(overview, "溧阳市")  # the first click after it counts
        expect(overview).to_have_url(
            re.compile("district=liyang.*district=jintan|district=jintan.*district=liyang")
        )


@pytest.mark.case(70)
def test_open_pages_come_right_by_themselves_after_the_server_was_killed(
    browser: Browser, tmp_path: Path
) -> None:
    with screen(browser) as context:
        come_right_by_themselves(context, tmp_path, ROOT)


@pytest.mark.broken(70)
def test_pages_without_a_part_that_repeats_would_stay_as_they_were(
    browser: Browser, tmp_path: Path
) -> None:
    root = copied(tmp_path / "project")
    shell = root / "lib" / "shell.py"
    whole, repeats = shell.read_text(encoding="utf-8"), "@st.fragment(run_every=24 * 3600)"
    assert whole.count(repeats) == 1
    shell.write_text(whole.replace(repeats, "@st.fragment"), encoding="utf-8")
    with screen(browser) as context, pytest.raises(AssertionError, match="最新版本是 R0002"):
        come_right_by_themselves(context, tmp_path, root, tries=1)
