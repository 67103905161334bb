"""An office's own templates are kept whole or not at all, and only under the names that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.store.durable import TEMPORARY
from lib.store.templates import LONGEST, OwnWording, WordingNotKeptError

NAMES = ("01-a.txt", "02-b.txt")


@pytest.fixture
def own(tmp_path: Path) -> OwnWording:
    return OwnWording(tmp_path / "templates", NAMES)


def test_what_is_saved_is_read_back_and_gone_after_a_reset(own: OwnWording) -> None:
    assert own.get("01-a.txt") is None
    own.save("01-a.txt", "今年以来。\n")
    assert own.get("01-a.txt") == "今年以来。\n"
    assert own.get("02-b.txt") is None
    own.reset("01-a.txt")
    own.reset("01-a.txt")
    assert own.get("01-a.txt") is None


@pytest.mark.parametrize("name", ["../secret", "03-c.txt", "", "/etc/passwd"])
def test_no_other_name_is_read_written_or_removed(own: OwnWording, name: str) -> None:
    for act in (own.get, own.reset, lambda n: own.save(n, "甲")):
        with pytest.raises(WordingNotKeptError, match="没有叫"):
            act(name)
    assert not own.folder.exists() or list(own.folder.glob("*.txt")) == []


def test_what_is_too_long_is_refused_and_the_old_stays(own: OwnWording) -> None:
    own.save("01-a.txt", "旧")
    with pytest.raises(WordingNotKeptError, match="模板太长，最多200千字节"):
        own.save("01-a.txt", "新" * LONGEST)
    assert own.get("01-a.txt") == "旧"


def test_a_crashed_save_leaves_the_old_and_is_swept_by_the_next(own: OwnWording) -> None:
    own.save("01-a.txt", "旧")
    stray = own.folder / f"{TEMPORARY}crashed"
    stray.write_text("半")
    assert own.get("01-a.txt") == "旧"
    own.save("02-b.txt", "另")
    assert not stray.exists()


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    own = OwnWording(tmp_path / "file" / "templates", NAMES)
    assert own.get("01-a.txt") is None
    with pytest.raises(WordingNotKeptError, match="模板没有存下来：磁盘读写出错"):
        own.save("01-a.txt", "甲")
