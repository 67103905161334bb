"""A lake of every test's own: a copy of one that is built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lib.seed import ensure_seeded


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as a first start leaves it."""
    folder = tmp_path_factory.mktemp("first") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGBAO_DATA", str(folder))
        ensure_seeded()
    return folder


@pytest.fixture
def own_data(first_start: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The data folder of this test, which may hold made-up figures."""
    folder = tmp_path / "data"
    shutil.copytree(first_start, folder)
    monkeypatch.setenv("TONGBAO_DATA", str(folder))
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    return folder
