"""The one way a release comes about: tables first, brought to the disk, then the release row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lib.catalog.datasets import DATASET_BY_ID
from lib.intake.schema import stored_schemas
from lib.store import delta
from lib.store.reading import in_time_order
from lib.store.release import SCHEMA, Release


@dataclass(frozen=True)
class Change:
    """A part about to be released. `files`: table > what writes each of the part's Parquet files."""

    dataset: str
    period: str
    digest: str
    synthetic: bool
    files: Mapping[str, Sequence[delta.Write]]

    @property
    def id(self) -> str:
        """dataset/period, as in `Release.contents`."""
        return f"{self.dataset}/{self.period}"


def write_tables(path: Path, base: Release, changes: Sequence[Change]) -> Release:
    """Write every change and bring it to the disk; `base` with the versions that hold them.

    Nobody sees any of it before a release row names those versions. Raises OSError, DeltaError.
    """
    versions, rows = dict(base.versions), dict.fromkeys(DATASET_BY_ID, 0) | base.rows
    for table in sorted({table for change in changes for table in change.files}):
        folder, fields = path / table, stored_schemas()[table]
        version = versions[table] if table in versions else delta.create(folder, fields)
        parts = {c.period: c.files[table] for c in changes if table in c.files}
        versions[table], held = delta.replace_parts(folder, version, fields, parts)
        delta.sync_log(folder, base.versions.get(table, -1))
        if table in DATASET_BY_ID:
            rows[table] = held
    contents = base.contents | {change.id: change.digest for change in changes}
    made_up = {change.id for change in changes if change.synthetic}
    return replace(
        base,
        versions=versions,
        contents=contents,
        rows=rows,
        periods=in_time_order(contents),
        synthetic_parts=sorted(
            set(base.synthetic_parts) - {change.id for change in changes} | made_up
        ),
    )


def append_release(path: Path, number: int, live: Release | None, content: Release) -> Release:
    """Append the release row: what readers follow, so what makes the publish happen."""
    release = replace(
        content,
        number=number,
        id=f"R{number:04d}",
        created_at=dt.datetime.now(dt.UTC),
        parent=live.id if live else None,
    )
    folder = path / "releases"
    before = delta.newest(folder)
    if before < 0:
        delta.create(folder, SCHEMA, partitioned=False)
    delta.append(folder, release.to_table())
    delta.sync_log(folder, before)
    return release
