"""No line is lost: writers killed at every call and at any moment, many at once, a full disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.audit.folder import HEAD, read_head
from lib.audit.log import AuditError, AuditLog
from lib.audit.verify import verify
from tests.audit.broken import Forgetful, Hasty, HeadFirst, Silent, Unlocked
from tests.audit.hit import (
    REFUSED,
    all_at_once,
    killed_at_any_moment,
    killed_at_every_call,
    without_room,
)
from tests.audit.scene import LINES, event, lines_of, only_file, problems, told, written

ROUNDS = 25


@pytest.mark.parametrize("half", [False, True], ids=["before a call", "in the middle of a write"])
def test_an_append_killed_at_any_call_loses_no_acknowledged_line(
    tmp_path: Path, half: bool, record_property: Callable[[str, object], None]
) -> None:
    killed, found = killed_at_every_call(tmp_path / "audit", AuditLog, half)
    assert found == []
    assert killed >= 8, "the calls of an append were not all reached"
    record_property("fault runs", killed)


@pytest.mark.parametrize(
    ("kind", "half", "found"),
    [
        (HeadFirst, False, "taken for damaged"),
        (Silent, True, "taken for damaged"),
        (Forgetful, True, "rewritten"),
        (Hasty, False, "lost"),
    ],
)
def test_the_same_check_finds_a_broken_log_out(
    tmp_path: Path, kind: type[AuditLog], half: bool, found: str
) -> None:
    _, wrong = killed_at_every_call(tmp_path / "audit", kind, half)
    assert any(line.startswith(found) for line in wrong), wrong


def test_every_acknowledged_line_of_a_writer_killed_again_and_again_is_there(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    acknowledged, found = killed_at_any_moment(tmp_path / "audit", AuditLog, ROUNDS)
    assert found == []
    assert acknowledged > 2 * ROUNDS, "the writers were killed too early to be busy"
    record_property("fault runs", ROUNDS)


def test_a_log_that_acknowledges_too_early_loses_lines_when_killed(tmp_path: Path) -> None:
    _, found = killed_at_any_moment(tmp_path / "audit", Hasty, 5)
    assert any(line.startswith("lost") for line in found)


def test_four_writers_of_fifty_lines_lose_and_repeat_none(tmp_path: Path) -> None:
    assert all_at_once(tmp_path / "audit", AuditLog, 4, 50) == []
    assert verify(tmp_path / "audit").lines == 200


def test_writers_without_a_lock_are_found_out(tmp_path: Path) -> None:
    written(tmp_path / "audit", lines=1)
    assert all_at_once(tmp_path / "audit", Unlocked, 4, 50) != []


def test_a_full_disk_is_said_and_the_half_line_is_kept_in_sight(tmp_path: Path) -> None:
    log = written(tmp_path / "audit")
    before = only_file(log.folder).read_bytes()
    assert without_room(log, only_file(log.folder), "没有地方") == REFUSED
    half = only_file(log.folder).read_bytes().removeprefix(before)
    assert len(half) == 40
    assert (verify(log.folder).damage, verify(log.folder).lines) == (None, LINES)
    assert "第7行没有写完" in verify(log.folder).remarks[0]
    log.append(event("又有地方了"))
    assert lines_of(log.folder)[LINES] == half
    assert f"第7行没有写完（{len(half)}字节，SHA-256 " in lines_of(log.folder)[LINES + 1].decode()
    assert verify(log.folder).damage is None
    assert told(log.folder)[LINES:] == ["又有地方了"]


@pytest.mark.parametrize("cut", [1, 2, 60, 61, -1])
def test_a_line_cut_anywhere_is_told_of_and_hides_no_other(tmp_path: Path, cut: int) -> None:
    log = written(tmp_path / "audit")
    path, head = only_file(log.folder), read_head(log.folder)
    whole, kept = path.read_bytes(), (log.folder / HEAD).read_bytes()
    log.append(event("断电时的一件"))
    half = path.read_bytes()[len(whole) :][:cut]
    path.write_bytes(whole + half)
    (log.folder / HEAD).write_bytes(kept)
    lines = LINES + (1 if cut == -1 else 0)  # without only its end a line is whole
    assert (verify(log.folder).damage, verify(log.folder).lines) == (None, lines)
    log.append(event("来电以后"))
    assert problems(log.folder, ["来电以后"]) == []
    assert path.read_bytes().startswith(whole + half)
    assert read_head(log.folder).count == head.count + 2
    assert bool(verify(log.folder).remarks) == (cut != -1)


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("a file where the folder should be")
    with pytest.raises(AuditError, match=r"操作日志写不进去.*磁盘空间和写权限"):
        AuditLog(tmp_path / "audit").append(event("第1件"))
