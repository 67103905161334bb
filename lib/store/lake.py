"""The lake: publish drafts, follow releases, roll back. Everything under one folder.

Layout: `<lake>/<dataset>/` (Delta, partitioned by period) and `<lake>/releases/`. Paths inside
are relative, so the folder works after being copied. Writers take one file lock; readers none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import TableNotFoundError
from filelock import FileLock

from lib.catalog.datasets import DATASETS, Dataset
from lib.catalog.periods import parse_period
from lib.intake.draft import Draft
from lib.intake.schema import SOURCE_NAMES, schema
from lib.store.release import SCHEMA, Kind, Release, release_from_row

_LOCK_SECONDS = 60
_UNUSABLE = set("[]|^")
# Delta drops old log entries by default; releases name old versions for ever.
_KEEP_HISTORY: dict[str, str | None] = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}


class PublishError(ValueError):
    """A publish that was refused; the message is a Chinese sentence for the person publishing."""


def _content_hash(table: pa.Table) -> str:
    """SHA-256 over the rows in a fixed order, without where they were read from."""
    kept = [name for name in table.column_names if name not in SOURCE_NAMES]
    lines = sorted(repr(tuple(row.values())) for row in table.select(kept).to_pylist())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class Lake:
    """The released tables under one folder.

    path: the lake folder; it is made by the first publish and never by a read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    # reading

    def releases(self) -> list[Release]:
        """Every release, newest first; empty before the first publish."""
        newest = max((self.path / "releases" / "_delta_log").glob("*.json"), default=None)
        if newest is None:
            return []
        return list(_releases(self.path, newest.name, newest.stat().st_mtime_ns))

    def live(self) -> Release | None:
        """The newest release, or None before the first publish."""
        return next(iter(self.releases()), None)

    def release(self, release_id: str) -> Release | None:
        """The release of that id, or None."""
        return next((r for r in self.releases() if r.id == release_id), None)

    def files(self, release: Release) -> dict[str, list[str]]:
        """Absolute Parquet paths of every dataset as the release names it."""
        found = {}
        for dataset, version in release.versions.items():
            folder = self.path / dataset
            actions = DeltaTable(str(folder), version=version).get_add_actions(flatten=True)
            relative = pa.table(actions)["path"].to_pylist()
            found[dataset] = sorted(str(folder / path) for path in relative)
        return found

    # writing

    def publish(
        self, drafts: Sequence[Draft], *, by: str, note: str = "", kind: Kind = "publish"
    ) -> Release:
        """Replace the drafts' periods in their datasets and release the result, whole or not at all.

        Content equal to what is live makes no new release: the live one is returned.
        Raises PublishError where a draft is blocked or two drafts hold the same dataset and period.
        """
        self._check(drafts)
        with self._lock():
            parent = self.live()
            versions, contents, rows = _carried(parent)
            if parent is None:
                versions = {dataset.id: self._create(dataset) for dataset in DATASETS}
                rows = dict.fromkeys(versions, 0)
            changed = [
                (draft, period, part, digest)
                for draft, period, part in _parts(drafts)
                if contents.get(f"{_dataset(draft).id}/{period}") != (digest := _content_hash(part))
            ]
            if parent and not changed:
                return parent
            for draft, period, part, digest in changed:
                dataset = _dataset(draft)
                versions[dataset.id] = self._replace(dataset, versions[dataset.id], period, part)
                contents[f"{dataset.id}/{period}"] = digest
                rows[dataset.id] = self._count(dataset, versions[dataset.id])
            return self._append(parent, kind, by, note, versions, contents, rows, drafts)

    def rollback(self, release_id: str, *, by: str, note: str) -> Release:
        """Make an older release's tables live again, as a new release that names them."""
        with self._lock():
            target, parent = self.release(release_id), self.live()
            if target is None:
                raise PublishError(f"没有版本 {release_id}，请在“快照版本”页核对版本号")
            return self._append(
                parent, "rollback", by, note or f"回退到 {release_id}",
                target.versions, target.contents, target.rows, (),
            )  # fmt: skip

    # details

    def _lock(self) -> FileLock:
        if _UNUSABLE & set(str(self.path)):  # the Delta writer dies on these
            raise PublishError(
                f"数据目录“{self.path}”的路径里有方括号、竖线或^，无法写入，请换一个目录"
            )
        self.path.mkdir(parents=True, exist_ok=True)
        return FileLock(self.path / ".lock", timeout=_LOCK_SECONDS)

    @staticmethod
    def _check(drafts: Sequence[Draft]) -> None:
        blocked = [draft.file for draft in drafts if draft.blocked]
        if blocked:
            raise PublishError(f"{'、'.join(blocked)}有阻断问题，不能发布，请先改正")
        counts = Counter((_dataset(d).name, period) for d in drafts for period in d.periods)
        twice = [f"{name} {period}" for (name, period), count in counts.items() if count > 1]
        if twice:
            raise PublishError(f"{'、'.join(twice)}出现在多个文件里，请合并或分次发布")

    def _create(self, dataset: Dataset) -> int:
        uri = str(self.path / dataset.id)
        DeltaTable.create(
            uri,
            schema(dataset),
            mode="ignore",
            partition_by=["period"],
            name=dataset.id,
            configuration=_KEEP_HISTORY,
        )
        return 0  # the empty table, whatever a crashed first publish may have left behind

    def _replace(self, dataset: Dataset, version: int, period: str, part: pa.Table) -> int:
        table = DeltaTable(str(self.path / dataset.id))
        if table.version() != version:  # a crashed or rolled-back publish left later versions
            table.restore(version)
        write_deltalake(table, part, mode="overwrite", predicate=f"period = '{period}'")
        return DeltaTable(str(self.path / dataset.id)).version()

    def _count(self, dataset: Dataset, version: int) -> int:
        return DeltaTable(str(self.path / dataset.id), version=version).count()

    def _append(
        self,
        parent: Release | None,
        kind: Kind,
        by: str,
        note: str,
        versions: dict[str, int],
        contents: dict[str, str],
        rows: dict[str, int],
        drafts: Sequence[Draft],
    ) -> Release:
        number = parent.number + 1 if parent else 1
        release = Release(
            number=number,
            id=f"R{number:04d}",
            created_at=dt.datetime.now(dt.UTC),
            kind=kind,
            by=by,
            note=note,
            parent=parent.id if parent else None,
            versions=versions,
            contents=contents,
            rows=rows,
            periods=_in_time_order(key.split("/")[1] for key in contents),
            sources=[
                {"file": d.file, "sha256": d.sha256, "dataset": _dataset(d).id, "rows": len(d.table or ())}
                for d in drafts
            ],
            issues=dict(Counter(issue.severity for d in drafts for issue in d.issues)),
        )  # fmt: skip
        uri = str(self.path / "releases")
        DeltaTable.create(uri, SCHEMA, mode="ignore", name="releases", configuration=_KEEP_HISTORY)
        write_deltalake(uri, release.to_table(), mode="append")
        return release


@lru_cache(maxsize=8)
def _releases(path: Path, newest_commit: str, written: int) -> tuple[Release, ...]:
    """Every release, newest first; read again only when the log's newest commit is another."""
    try:
        table = DeltaTable(str(path / "releases")).to_pyarrow_table()
    except TableNotFoundError:
        return ()
    found = [release_from_row(row) for row in table.to_pylist()]
    return tuple(sorted(found, key=lambda release: release.number, reverse=True))


def _dataset(draft: Draft) -> Dataset:
    assert draft.dataset is not None, "an unblocked draft has a dataset"
    return draft.dataset


def _carried(parent: Release | None) -> tuple[dict[str, int], dict[str, str], dict[str, int]]:
    if parent is None:
        return {}, {}, {}
    return dict(parent.versions), dict(parent.contents), dict(parent.rows)


def _parts(drafts: Sequence[Draft]) -> Iterable[tuple[Draft, str, pa.Table]]:
    for draft in drafts:
        assert draft.table is not None
        for period in draft.periods:
            yield draft, period, draft.table.filter(pa.compute.equal(draft.table["period"], period))


def _in_time_order(periods: Iterable[str]) -> list[str]:
    known = {parsed for name in set(periods) if (parsed := parse_period(name))}
    return [period.id for period in sorted(known)]
