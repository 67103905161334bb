"""A small log, its files, and what must hold of it whatever happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lib.audit.entry import Event
from lib.audit.folder import month_files, newest_first, split
from lib.audit.log import AuditLog
from lib.audit.verify import verify
from lib.audit.words import Noted

LINES = 6


def event(what: str) -> Event:
    return Event(Noted.EXPORT, "值班岗", what, release="R0001")


def written(folder: Path, kind: type[AuditLog] = AuditLog, lines: int = LINES) -> AuditLog:
    """A log of that many lines: 第1件, 第2件 …"""
    log = kind(folder)
    for number in range(1, lines + 1):
        log.append(event(f"第{number}件"))
    return log


def only_file(folder: Path) -> Path:
    (path,) = month_files(folder)
    return path


def rewritten(folder: Path, lines: Sequence[bytes]) -> None:
    """Put other lines into the log's only file."""
    only_file(folder).write_bytes(b"".join(line + b"\n" for line in lines))


def lines_of(folder: Path) -> list[bytes]:
    return split(only_file(folder).read_bytes())


def told(folder: Path) -> list[str]:
    """What the lines say, oldest first, apart from those about the log itself."""
    found = [entry.event for entry in newest_first(folder)]
    return [one.what for one in found if one.action != Noted.RESUME][::-1]


def problems(folder: Path, acknowledged: Sequence[str]) -> list[str]:
    """What is wrong with a log after its writers were hit: nothing may be."""
    found = []
    verdict = verify(folder)
    if verdict.damage:
        found.append(f"taken for damaged: {verdict.damage.sentence}")
    held = told(folder)
    found += [f"lost: {what}" for what in acknowledged if what not in held]
    found += [f"twice: {what}" for what in held if held.count(what) > 1]
    numbers = [entry.seq for entry in newest_first(folder)]
    if numbers != list(range(len(numbers), 0, -1)):
        found.append(f"numbers: {numbers}")
    return found
