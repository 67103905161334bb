"""The one writer of the log: a line is appended, brought to the disk, then the head is.

A crash at any moment leaves a log that goes on: a line without its head is taken for written, an
unfinished line stays where it is and the next line says so. What was acknowledged is on the disk.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from lib.audit.entry import START, Entry, Event, Head, entry_after, intact, resumed
from lib.audit.folder import HEAD, head_content, month_files, read_head, split, tail, unfinished
from lib.audit.words import Result
from lib.clock import CHINA
from lib.disk_errors import trouble
from lib.store.durable import TEMPORARY, make_folder, put_bytes

DISCONTINUED = "日志的末尾与 head.json 对不上，此前可能有记录被删改，从这里接着记"
_LOCK_SECONDS = 10
_TAIL_BYTES = 16 * 1024  # longer than any line
_APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)  # Windows: as they are


class AuditError(Exception):
    """A line that was not kept; the message is a Chinese sentence."""


@dataclass(frozen=True)
class _End:
    """How the files end: the last intact line, and the unreadable ones after it, with their place."""

    last: Entry | None
    path: Path | None
    number: int
    loose: list[bytes]


class AuditLog:
    """The log under one folder, which the first line makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(self, event: Event) -> Entry:
        """Add a line; when this returns, it is on the disk. Raises AuditError."""
        try:
            make_folder(self.folder)
            with FileLock(self.folder / ".lock", timeout=_LOCK_SECONDS):
                for stray in self.folder.glob(f"{TEMPORARY}*"):  # of a crash
                    stray.unlink()
                return self._add(self._settled(), event.discreet())
        except Timeout as error:
            raise AuditError(
                f"操作日志被别处占用，等了{_LOCK_SECONDS}秒还写不进去，请稍后再试"
            ) from error
        except OSError as error:
            raise AuditError(
                f"操作日志写不进去（{trouble(error)}），请管理员检查 {self.folder} 的磁盘空间和写权限"
            ) from error

    def _settled(self) -> Head:
        """Where the chain goes on; what is wrong with its end is told in lines of its own."""
        head, end = read_head(self.folder), self._end()
        held = end.last.head if end.last else START
        if end.last and (end.last.seq - 1, end.last.prev) == (head.count, head.hash):
            self._write_head(held)  # a crash came between the line and the head
            head = held
        going_on = max(head, held, key=lambda one: one.count)
        if end.path and end.loose:
            told = resumed(unfinished(end.path.name, end.number, end.loose), Result.DONE)
            going_on = self._add(going_on, told, end.path).head
        if head != held:
            going_on = self._add(going_on, resumed(DISCONTINUED, Result.FAILED)).head
        return going_on

    def _end(self) -> _End:
        """The end of the files; where the last line is as it was written, no more than it is read."""
        if files := month_files(self.folder):
            content = tail(files[-1], _TAIL_BYTES)
            last = intact(split(content)[-1]) if content else None
            if last:
                return _End(last, files[-1], 0, [])
        return self._searched_end()

    def _searched_end(self) -> _End:
        newest, number, loose = None, 0, list[bytes]()
        for path in reversed(month_files(self.folder)):
            lines = split(path.read_bytes())
            at = next((i for i in reversed(range(len(lines))) if intact(lines[i])), -1)
            if newest is None and lines:
                newest, number, loose = path, at + 2, lines[at + 1 :]
            if at >= 0:
                return _End(intact(lines[at]), newest, number, loose)
        return _End(None, newest, number, loose)

    def _add(self, end: Head, event: Event, path: Path | None = None) -> Entry:
        """Append to a file, or to this month's; where the clock was set back, to the newest."""
        now = dt.datetime.now(CHINA)
        made = entry_after(end, now, event)
        held = month_files(self.folder)[-1:]
        self._write_line(path or max([self.folder / f"{now:%Y-%m}.jsonl", *held]), made)
        self._write_head(made.head)
        return made

    def _write_line(self, path: Path, entry: Entry) -> None:
        """One write, so that nothing comes between; an unfinished line before it gets its end."""
        line = entry.line() + b"\n"
        handle = os.open(path, _APPEND, 0o600)
        try:
            if os.fstat(handle).st_size:
                os.lseek(handle, -1, os.SEEK_END)
                line = line if os.read(handle, 1) == b"\n" else b"\n" + line
            if os.write(handle, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)

    def _write_head(self, head: Head) -> None:
        """Whole or not at all; brings the names in the folder to the disk too."""
        put_bytes(self.folder / HEAD, head_content(head))
