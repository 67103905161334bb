"""A data folder of a test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kept import first_release


@pytest.fixture
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with the first release in it, which may come to hold made-up figures."""
    folder = tmp_path / "data"
    monkeypatch.setenv("TONGBAO_DATA", str(folder))
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    first_release(folder)
    return folder
