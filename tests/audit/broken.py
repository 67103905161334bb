"""Deliberately broken logs: the checks must find every one of them out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lib.audit.entry import START, Entry, Event, Head
from lib.audit.log import AuditLog, _End


class HeadFirst(AuditLog):
    """Says that a line is there before it is."""

    def _write_line(self, path: Path, entry: Entry) -> None:
        self._write_head(entry.head)
        super()._write_line(path, entry)


class Silent(AuditLog):
    """Goes on after an unfinished line without a word about it."""

    def _end(self) -> _End:
        return replace(super()._end(), loose=[])


class Forgetful(AuditLog):
    """Cuts an unfinished line off."""

    def _settled(self) -> Head:
        end = self._end()
        if end.path and end.loose:
            kept = end.path.read_bytes().split(b"\n")[: end.number - 1]
            end.path.write_bytes(b"".join(line + b"\n" for line in kept))
        return super()._settled()


class Hasty(AuditLog):
    """Acknowledges a line at once and writes five together."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.waiting: list[Event] = []

    def append(self, event: Event) -> Entry:
        self.waiting.append(event)
        made = Entry(0, "", event, "", "")
        if len(self.waiting) == 5:
            for one in self.waiting:
                made = super().append(one)
            self.waiting.clear()
        return made


class Unlocked(AuditLog):
    """Lets everybody write at once."""

    def append(self, event: Event) -> Entry:
        return self._add(self._settled(), event)


class Unchained(AuditLog):
    """Numbers its lines and links none to the one before it."""

    def _add(self, end: Head, event: Event, path: Path | None = None) -> Entry:
        return super()._add(Head(end.count, START.hash), event, path)
