"""Reading the lake: its releases, its proposals as releases, and the files they name.

Nothing here writes or locks. Readers follow the newest release row and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import TableNotFoundError

from lib.catalog.datasets import DATASET_BY_ID, DATASETS
from lib.catalog.periods import parse_period
from lib.compare import Stored
from lib.store import delta
from lib.store.content import read_part
from lib.store.errors import PublishError
from lib.store.proposals import Proposal, Proposals
from lib.store.release import Release, nothing, release_from_row
from lib.store.uploads import Uploads

Parts = dict[tuple[str, str], list[str]]


class Reader:
    """The released tables under one folder, and the uploads and proposals beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.uploads = Uploads(path.parent / "uploads")
        self._proposals = Proposals(path.parent / "proposals")

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

    def opened(self, any_id: str) -> Release | None:
        """The release of that id, or a proposal of that id as the release it would become."""
        proposal = self.proposal(any_id)
        if proposal is None:
            return self.release(any_id)
        if proposal.state == "已发布":
            return self.release(proposal.release)
        return self._as_release(proposal)

    def holds(self, any_id: str) -> bool:
        """Whether there is a release or a proposal of that id."""
        return self.proposal(any_id) is not None or self.release(any_id) is not None

    @property
    def proposals_dir(self) -> Path:
        """The folder of the proposals, which a preview reads."""
        return self._proposals.folder

    def parts(self, release: Release) -> Parts:
        """(dataset id, period) > absolute Parquet paths, as the release or proposal names them."""
        if release.kind == "proposal":
            return self._proposed_parts(self._known(release.id))
        return {
            (dataset, period): paths
            for dataset in release.versions
            for period, paths in self.periods_of(release, dataset).items()
        }

    def periods_of(self, release: Release, dataset: str) -> dict[str, list[str]]:
        """Period > absolute Parquet paths of one dataset of a release."""
        version = release.versions.get(dataset)
        return {} if version is None else delta.files(self.path / dataset, version)

    def files(self, release: Release) -> dict[str, list[str]]:
        """Absolute Parquet paths of every declared dataset; none where it holds no rows."""
        found: dict[str, list[str]] = {dataset.id: [] for dataset in DATASETS}
        for (dataset, _), paths in sorted(self.parts(release).items()):
            found.get(dataset, []).extend(paths)
        return found

    def tables(self, release: Release) -> dict[tuple[str, str], Stored]:
        """(dataset id, period) > content hash and rows, to compare two releases cell by cell."""
        parts = self.parts(release)
        return {
            part: Stored(digest, partial(read, part, parts.get(part, [])))
            for name, digest in release.contents.items()
            if (part := _part(name))[0] in DATASET_BY_ID
        }

    def proposals(self) -> list[Proposal]:
        """Every proposal, newest first."""
        published = {r.proposal: r.id for r in self.releases() if r.proposal}
        return [_settled(proposal, published) for proposal in self._proposals.all()]

    def proposal(self, proposal_id: str) -> Proposal | None:
        """The proposal of that id, or None."""
        found = self._proposals.get(proposal_id)
        published = {r.proposal: r.id for r in self.releases() if r.proposal} if found else {}
        return found and _settled(found, published)

    def _known(self, proposal_id: str) -> Proposal:
        found = self.proposal(proposal_id)
        if found is None:
            raise PublishError(f"没有待发布的 {proposal_id}，可能已被删除或重新比对，请刷新")
        return found

    def _proposed_parts(self, proposal: Proposal) -> Parts:
        base = self.release(proposal.base) if proposal.base else None
        own = {
            (part.dataset, part.period): [str(self._proposals.result(proposal, part))]
            for part in proposal.parts
        }
        return (self.parts(base) if base else {}) | own

    def _as_release(self, proposal: Proposal) -> Release:
        base = (self.release(proposal.base) if proposal.base else None) or nothing()
        contents = base.contents | {part.id: part.digest for part in proposal.parts}
        rows = dict.fromkeys(DATASET_BY_ID, 0)
        for (dataset, _), paths in self._proposed_parts(proposal).items():
            rows[dataset] += sum(pq.read_metadata(path).num_rows for path in paths)
        touched = {part.id for part in proposal.parts}
        made_up = {part.id for part in proposal.parts if part.synthetic}
        return replace(
            base, number=base.number + 1, id=proposal.id, created_at=proposal.created_at,
            kind="proposal", by=proposal.by, note=proposal.note, parent=proposal.base,
            contents=contents, rows=rows, periods=in_time_order(contents),
            sources=proposal.sources, issues=proposal.issues, proposal=proposal.id,
            synthetic_parts=sorted(set(base.synthetic_parts) - touched | made_up),
            reviewed_by="", restored="",
        )  # fmt: skip


@lru_cache(maxsize=8)
def _releases(path: Path, newest_commit: str, written: int) -> tuple[Release, ...]:
    """Every release, newest first; read again only when the log's newest commit is another."""
    try:
        table = DeltaTable(str(path / "releases")).to_pyarrow_table()
    except TableNotFoundError:
        return ()
    found = [release_from_row(row) for row in table.to_pylist()]
    return tuple(sorted(found, key=lambda release: release.number, reverse=True))


def read(part: tuple[str, str], paths: list[str]) -> pa.Table:
    """The rows of one (dataset id, period)."""
    return read_part(DATASET_BY_ID[part[0]], part[1], paths)


def in_time_order(contents: Iterable[str]) -> list[str]:
    """The periods of "dataset/period" names, oldest first."""
    known = {parsed for name in contents if (parsed := parse_period(_part(name)[1]))}
    return [period.id for period in sorted(known)]


def _part(name: str) -> tuple[str, str]:
    dataset, _, period = name.partition("/")
    return dataset, period


def _settled(proposal: Proposal, published: dict[str, str]) -> Proposal:
    """A crash may come between the release row and the proposal's own note of it."""
    release = published.get(proposal.id)
    return replace(proposal, state="已发布", release=release) if release else proposal
