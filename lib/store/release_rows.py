"""Release rows, read past a damaged log: an entry that cannot be read hides its own release and no other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lib.store import delta
from lib.store.errors import raised_by_library
from lib.store.release import Release, release_from_row


@dataclass(frozen=True)
class ReleaseRow:
    """A release row; the log entries since the row before it, and the file it stands in."""

    release: Release
    files: tuple[Path, ...]


class _PartlyReadError(Exception):
    """Some log entries or their files could not be read; `rows` are the others."""

    def __init__(self, rows: tuple[ReleaseRow, ...]) -> None:
        super().__init__()
        self.rows = rows


def release_rows(folder: Path) -> tuple[ReleaseRow, ...]:
    """Every release row that can be read, newest first.

    Entry by entry: one that is damaged hides its own release and no other.
    """
    newest = max((folder / "_delta_log").glob("*.json"), default=None)
    if newest is None:
        return ()
    try:
        return _every_row(folder, newest.name, newest.stat().st_mtime_ns)
    except _PartlyReadError as partly:
        return partly.rows


@lru_cache(maxsize=8)
def _every_row(folder: Path, _newest: str, _written: int) -> tuple[ReleaseRow, ...]:
    """Read again only when the log's newest entry is another. Raises _PartlyReadError."""
    found: list[ReleaseRow] = []
    since: list[Path] = []
    unread = False
    for entry in sorted((folder / "_delta_log").glob("*.json")):
        since.append(entry)
        try:
            files, releases = _in_entry(folder, entry, entry.stat().st_mtime_ns)
        except BaseException as error:
            if not raised_by_library(error):
                raise
            unread = True
            continue
        found += [ReleaseRow(release, (*since, *files)) for release in releases]
        since = [] if releases else since
    rows = tuple(sorted(found, key=lambda row: row.release.number, reverse=True))
    if unread:
        raise _PartlyReadError(rows)
    return rows


@lru_cache(maxsize=4096)
def _in_entry(
    folder: Path, entry: Path, _written: int
) -> tuple[tuple[Path, ...], tuple[Release, ...]]:
    """The files that a log entry adds, and the release rows in them. Raises whatever libraries do."""
    files = tuple(folder / path for path, _ in delta.added(entry))
    rows = [row for path in files for row in _as_it_stands(path).to_pylist()]
    releases = tuple(map(release_from_row, rows))
    if any(release.id != f"R{release.number:04d}" for release in releases):
        raise ValueError("a release's id is not its number's")  # it would pass for another
    return files, releases


def _as_it_stands(path: Path) -> pa.Table:
    with pq.ParquetFile(path) as file:
        return file.read()


def forget() -> None:
    """Read every row anew, whatever the times of its files say."""
    _every_row.cache_clear()
    _in_entry.cache_clear()
