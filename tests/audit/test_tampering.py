"""Whatever was done to the files by hand is found, and its first line is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.audit.entry import Head, entry_after, intact
from lib.audit.folder import HEAD, head_content, read_head
from lib.audit.log import AuditLog
from lib.audit.verify import verified, verify
from tests.audit.broken import Unchained
from tests.audit.scene import LINES, event, lines_of, only_file, rewritten, told, written

Lines = list[bytes]


def edited(lines: Lines) -> Lines:
    return [line.replace("第3件".encode(), "第8件".encode()) for line in lines]


def resealed(lines: Lines, index: int) -> Lines:
    """A line's content changed and its own hash made right."""
    held = intact(lines[index])
    assert held
    changed = replace(held.event, who="别人")
    made = entry_after(Head(held.seq - 1, held.prev), _when(held.at), changed)
    return [*lines[:index], made.line(), *lines[index + 1 :]]


def forged(lines: Lines) -> Lines:
    """A line put in that is right in itself and follows the one before it."""
    before = intact(lines[2])
    assert before
    return [
        *lines[:3],
        entry_after(before.head, _when(before.at), event("假的")).line(),
        *lines[3:],
    ]


def _when(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)


# What is done to six lines > the kind of damage and the first line it is seen at.
ATTACKS: dict[str, tuple[Callable[[Lines], Lines], str, int]] = {
    "edited": (edited, "改动", 3),
    "edited, own hash made right": (lambda lines: resealed(lines, 2), "改动", 3),
    "last one edited, own hash made right": (lambda lines: resealed(lines, 5), "改动", 6),
    "first one edited, own hash made right": (lambda lines: resealed(lines, 0), "改动", 1),
    "blanks added": (lambda lines: [*lines[:2], lines[2] + b" ", *lines[3:]], "改动", 3),
    "made unreadable": (lambda lines: [*lines[:2], lines[2][:50], *lines[3:]], "改动", 3),
    "emptied": (lambda lines: [*lines[:2], b"", *lines[3:]], "改动", 3),
    "empty line put in": (lambda lines: [*lines[:2], b"", *lines[2:]], "改动", 3),
    "removed": (lambda lines: lines[:2] + lines[3:], "删除", 3),
    "first removed": (lambda lines: lines[1:], "删除", 1),
    "forged": (forged, "插入", 4),
    "repeated": (lambda lines: [*lines[:4], lines[1], *lines[4:]], "插入", 5),
    "repeated at once": (lambda lines: [*lines[:2], lines[1], *lines[2:]], "插入", 2),
    "swapped": (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "调换", 3),
    "turned round": (lambda lines: lines[::-1], "调换", 1),
    "last removed": (lambda lines: lines[:-1], "删除", 5),
    "end cut off": (lambda lines: lines[:3], "删除", 3),
    "all removed": (lambda _: [], "删除", 0),
}  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return written(tmp_path / "audit")


def test_an_untouched_log_holds_and_says_how_many_lines_were_checked(log: AuditLog) -> None:
    verdict = verify(log.folder)
    assert (verdict.damage, verdict.lines, verdict.remarks) == (None, LINES, ())
    assert verdict.end == read_head(log.folder)
    assert verdict.sentence.startswith(f"操作日志完好：逐条核对了{LINES}条")
    assert told(log.folder) == [f"第{n}件" for n in range(1, LINES + 1)]


def test_a_log_that_is_not_there_yet_is_no_damage_and_is_not_made_by_reading(
    tmp_path: Path,
) -> None:
    assert verify(tmp_path / "audit").sentence == "操作日志里还没有记录。"
    assert not (tmp_path / "audit").exists()


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_done_is_named_with_its_first_line(log: AuditLog, attack: str) -> None:
    change, kind, line = ATTACKS[attack]
    file = only_file(log.folder).name
    rewritten(log.folder, change(lines_of(log.folder)))
    damage = verify(log.folder).damage
    assert damage is not None
    assert (damage.kind, damage.line) == (kind, line)
    if line:
        assert f"{file} 第{line}行" in damage.sentence
    assert verify(log.folder).sentence.startswith("操作日志被动过：")


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_log_goes_on_and_what_was_done_stays_seen(log: AuditLog, attack: str) -> None:
    rewritten(log.folder, ATTACKS[attack][0](lines_of(log.folder)))
    for number in range(2):
        log.append(event(f"之后第{number}件"))
    assert verify(log.folder).damage is not None
    assert told(log.folder)[-2:] == ["之后第0件", "之后第1件"]


def test_the_end_cut_off_within_a_line_is_found(log: AuditLog) -> None:
    path = only_file(log.folder)
    path.write_bytes(path.read_bytes()[:-30])
    damage = verify(log.folder).damage
    assert damage is not None
    assert (damage.kind, damage.line) == ("删除", 5)
    log.append(event("之后"))
    assert verify(log.folder).damage is not None


def no_head(path: Path) -> None:
    path.unlink()


def spoilt_head(path: Path) -> None:
    path.write_bytes(b'{"count": 6')


def older_head(path: Path) -> None:
    first = intact(lines_of(path.parent)[2])
    assert first
    path.write_bytes(head_content(first.head))


def other_head(path: Path) -> None:
    path.write_bytes(head_content(Head(LINES, "0" * 64)))


@pytest.mark.parametrize("change", [no_head, spoilt_head, older_head, other_head])
def test_a_head_that_is_not_as_written_is_found_and_stays_seen(
    log: AuditLog, change: Callable[[Path], None]
) -> None:
    change(log.folder / HEAD)
    damage = verify(log.folder).damage
    assert damage is not None
    assert HEAD in damage.sentence
    log.append(event("之后"))
    assert verify(log.folder).damage is not None


def test_the_chain_runs_through_the_months(log: AuditLog) -> None:
    only_file(log.folder).rename(log.folder / "2020-01.jsonl")
    log.append(event("下一个月"))
    first, second = sorted(path.name for path in log.folder.glob("*.jsonl"))
    assert (first, second > "2020-01.jsonl") == ("2020-01.jsonl", True)
    assert (verify(log.folder).damage, verify(log.folder).lines) == (None, LINES + 1)
    assert told(log.folder)[-2:] == [f"第{LINES}件", "下一个月"]
    (log.folder / first).unlink()
    damage = verify(log.folder).damage
    assert damage is not None
    assert (damage.file, damage.line, damage.kind) == (second, 1, "删除")


def test_an_unfinished_line_at_a_month_s_end_is_told_of_where_it_stands(log: AuditLog) -> None:
    old = only_file(log.folder).rename(log.folder / "2020-01.jsonl")
    with old.open("ab") as file:
        file.write(b'{"seq":7,"at":')
    log.append(event("下一个月"))
    assert verify(log.folder).damage is None
    assert "2020-01.jsonl 第7行没有写完" in verify(log.folder).remarks[0]
    assert b'{"seq":7,"at":\n' in old.read_bytes()


def test_a_clock_that_was_ahead_keeps_the_order_of_the_lines(log: AuditLog) -> None:
    only_file(log.folder).rename(log.folder / "2099-12.jsonl")
    log.append(event("时钟拨回以后"))
    assert only_file(log.folder).name == "2099-12.jsonl"
    assert verify(log.folder).damage is None


def test_an_edit_after_a_check_is_seen_by_the_next(log: AuditLog) -> None:
    assert verified(log.folder) is verified(log.folder)
    rewritten(log.folder, edited(lines_of(log.folder)))
    assert verified(log.folder).damage is not None


def test_lines_that_are_not_chained_are_found_out(tmp_path: Path) -> None:
    written(tmp_path / "audit", Unchained)
    assert verify(tmp_path / "audit").damage is not None
