"""The log as people read it: filtered, in columns, as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from lib.audit.entry import Entry
from lib.audit.folder import newest_first
from lib.downloads import csv_file

COLUMNS = ("序号", "时间（北京）", "谁", "角色", "操作", "内容", "版本", "结果", "原因")


def matching(
    folder: Path, action: str | None = None, day: dt.date | None = None
) -> Iterator[Entry]:
    """The readable lines, newest first; of one action, of one day in China. Raises OSError."""
    for entry in newest_first(folder):
        if action in (None, entry.event.action) and day in (None, entry.day):
            yield entry


def cells(entry: Entry) -> tuple[str, ...]:
    """A line's text for every one of `COLUMNS`; "" where it says nothing."""
    e = entry.event
    return (
        str(entry.seq), entry.shown_at, e.who, e.role, e.action, e.what, e.release, e.result, e.reason,
    )  # fmt: skip


def as_csv(entries: Iterable[Entry]) -> bytes:
    """The lines as a file a spreadsheet opens right, each with its hash."""
    return csv_file((*COLUMNS, "指纹"), ((*cells(entry), entry.hash) for entry in entries))
