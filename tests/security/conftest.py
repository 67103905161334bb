"""The small app, behind our guards and as Streamlit alone serves it, each a server of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Server, running, server

__all__ = ["server"]
SMALL = "tests/security/small"


def _small(folder: pytest.TempPathFactory, name: str) -> Iterator[Server]:
    made = folder.mktemp(name)
    settings = {
        "WATCH": str(made / "watch.log"),
        "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
        "STREAMLIT_SERVER_COOKIE_SECRET": "s" * 32,
        "PYTHONPATH": ".",
    }
    with running(made, script=f"{SMALL}/{name}.py", settings=settings) as found:
        yield found


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _small(tmp_path_factory, "guarded")


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _small(tmp_path_factory, "bare")
