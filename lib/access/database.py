"""A list of its own in one SQLite file, shared by every process of the app."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def opened(path: Path, table: str) -> Iterator[sqlite3.Connection]:
    """A connection for one transaction; file and table are made where they are not there.

    table: SQL that makes the table where there is none
    Raises sqlite3.Error; another process is waited for, 10 seconds at most.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=10)) as db, db:
        db.execute(table)
        yield db
