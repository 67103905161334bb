"""What is written is brought to the disk on Windows, too, which opens no folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lib.store.durable import sync


def test_windows_flushes_files_opened_for_writing_and_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.touch()
    opened, really = list[tuple[Path, int]](), os.open

    def noted(path: Path, flags: int) -> int:
        opened.append((path, flags))
        return really(path, flags)

    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(os, "open", noted)
        sync(tmp_path)
        sync(file)
    assert opened == [(file, os.O_RDWR)]
