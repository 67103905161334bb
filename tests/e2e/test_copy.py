"""A copy of the lake is served by a server of its own: the same figures, nothing to publish with, and what is
fetched later shows without a start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from lib.store.lake import Lake
from lib.store.objects import ObjectStore
from lib.store.sharing import Moved, follow, share
from tests import kept
from tests.server import Server, running

from .steps import opened, screen, settled, stayed_home

pytestmark = pytest.mark.browser
READ = ("", "indicators", "district?district=liyang", "trace", "dictionary")
ONLY_LOOKED_AT = "只供查看；请到发布数据的那台服务器上操作"


@pytest.fixture
def writer(tmp_path: Path) -> Lake:
    """The lake that is published to."""
    kept.first_release(tmp_path / "writer" / "data")
    return Lake(tmp_path / "writer" / "data" / "lake")


@pytest.fixture
def copy(tmp_path: Path, writer: Lake) -> Lake:
    """A copy of it on another machine's disk."""
    made = Lake(tmp_path / "copy" / "data" / "lake")
    passed_on(writer, made, tmp_path)
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of the test's own."""
    with screen(browser) as made:
        yield made


def passed_on(writer: Lake, copy: Lake, folder: Path) -> None:
    """What is new is put into the store, and fetched from there."""
    store = ObjectStore((folder / "store").as_uri())
    share(writer, store, Moved())
    follow(store, copy, Moved())


def told(context: BrowserContext, server: Server, path: str) -> str:
    """What a page says."""
    page = opened(context, f"{server.url}/{path}")
    settled(page)
    assert stayed_home(page)
    said = page.get_by_test_id("stMain").inner_text()
    page.close()
    return said


def test_a_copy_shows_the_same_and_publishes_nothing(
    context: BrowserContext, tmp_path: Path, writer: Lake, copy: Lake
) -> None:
    with running(tmp_path / "writer") as first, running(tmp_path / "copy") as second:
        for path in READ:
            assert told(context, second, path) == told(context, first, path)
        for path in ("upload", "verify"):
            assert ONLY_LOOKED_AT in told(context, second, path)
            assert ONLY_LOOKED_AT not in told(context, first, path)
        upload = opened(context, f"{second.url}/upload")
        settled(upload)
        expect(upload.get_by_test_id("stFileUploader")).to_have_count(0)

        overview = opened(context, f"{second.url}/")
        settled(overview)
        writer.rollback("R0001", by="数据科", note="期间发布的新版本")
        passed_on(writer, copy, tmp_path)
        overview.locator(".tb-card-warning_count strong a").click()
        expect(overview.get_by_text("最新版本是 R0002")).to_be_visible()
        overview.get_by_role("button", name="查看最新").click()
        expect(overview).to_have_url(re.compile("release=R0002"))
        assert ONLY_LOOKED_AT in told(context, second, "releases")
