"""Servers of a test's own, and browsers that many tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.server import Server, running

from .steps import screen

ROOT = Path(__file__).resolve().parents[2]

Screens = Callable[..., BrowserContext]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to publish to."""
    with running(tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def screens(browser: Browser) -> Iterator[Screens]:
    """Browsers by size and ground that keep the app's scripts from one page to the next."""
    made: list[BrowserContext] = []

    @cache
    def one(size: str, dark: bool = False) -> BrowserContext:
        made.append(screen(browser, size, dark))
        return made[-1]

    yield one
    for context in made:
        context.close()
