"""One lake for the whole run, built from the shipped figures like a first start."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from lib.runtime import pacing
from lib.selection import Selection
from tests import kept
from tests.chromium import CHROMIUM, FLAGS
from tests.server import Server, running

ROOT = Path(__file__).resolve().parent.parent
# The same examples on every run; `--hypothesis-profile search` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("steady")
PATIENCE = 120_000  # milliseconds for a browser: a busy machine is no failure
expect.set_options(timeout=PATIENCE)
BULLETIN = ROOT.parent / "shared" / "domain" / "bulletin-2022H1.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let reports name the security cases a test drives, for `bench/reliability.py`."""
    for item in items:
        for mark in (*item.iter_markers("case"), *item.iter_markers("broken")):
            item.user_properties += [(mark.name, str(number)) for number in mark.args]


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of this run's own, with the first release in it."""
    base = tmp_path_factory.getbasetemp()
    kept.keep_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    folder = tmp_path_factory.mktemp("data")
    os.environ["TONGBAO_DATA"] = str(folder)
    kept.first_release(folder)
    yield folder
    del os.environ["TONGBAO_DATA"]


@pytest.fixture(scope="session", autouse=True)
def no_browser_to_wait_for() -> None:
    """Pages run in this process are not painted; those of a real browser have a server of their own."""
    pacing.FIRST = pacing.AGAIN = pacing.Pauses(figures=0, page=0)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is only looked at."""
    with running(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; one process can have it once."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, headless. A missing browser is a failure, not a skip."""
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    found.on("context", lambda context: context.set_default_timeout(PATIENCE))
    yield found
    found.close()


@pytest.fixture
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every child that reads a file works in a folder of its own, which is gone when it has ended."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("tongbao")] == []


@pytest.fixture
def whole_city() -> Selection:
    """No filter: the first release's first half of 2022."""
    return Selection("R0001", "2022H1")


@pytest.fixture(scope="session")
def bulletin_text() -> str:
    """The published bulletin, where this machine has it."""
    if not BULLETIN.exists():
        pytest.skip("the published bulletin's text is not beside the project")
    return BULLETIN.read_text(encoding="utf-8")
