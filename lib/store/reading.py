"""Reading the lake: its releases, its proposals as releases, and the files they name.

Nothing here writes or locks. Readers follow the newest release row and nothing else; where the
files of that release are damaged, the newest whole one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.periods import parse_period
from lib.compare import Stored
from lib.intake.schema import stored_schemas
from lib.store import delta
from lib.store.content import read_part
from lib.store.errors import PublishError, raised_by_library
from lib.store.integrity import Damage, damaged, lost, summary
from lib.store.integrity import forget as forget_files
from lib.store.proposals import Proposal, Proposals
from lib.store.release import Release, nothing
from lib.store.release_rows import forget as forget_rows
from lib.store.release_rows import release_rows
from lib.store.uploads import Uploads

Parts = dict[tuple[str, str], list[str]]


@dataclass(frozen=True)
class Fallback:
    """The newest release cannot be read from whole files. `live`: what is shown instead, if any.

    newest: its id;  why: what is damaged, in a few words
    """

    newest: str
    why: str
    live: Release | None

    def notice(self, shown: str) -> str:
        """For readers of the release of that id."""
        if self.live is None:
            return (
                f"版本 {self.newest} 的文件损坏（{self.why}），也没有更早的完好版本。"
                "请管理员在服务器上运行 python -m lib verify 查看，用 python -m lib restore 从备份恢复。"
            )
        other = "现在显示上一个完好版本" if shown == self.live.id else "最新的完好版本是"
        return (
            f"版本 {self.newest} 的文件损坏（{self.why}），{other} {self.live.id}；"
            "请管理员运行 python -m lib verify。"
        )

    @property
    def refusal(self) -> str:
        """For who wants to publish."""
        back = f"，或在“快照版本”页回退到完好的版本 {self.live.id}" if self.live else ""
        return (
            f"最新版本 {self.newest} 的文件损坏（{self.why}），不能在它上面发布。"
            f"请管理员运行 python -m lib verify 查看，用 python -m lib restore 从备份恢复{back}"
        )


class Reader:
    """The released tables under one folder, and the uploads and proposals beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.uploads = Uploads(path.parent / "uploads")
        self._proposals = Proposals(path.parent / "proposals")

    def releases(self) -> list[Release]:
        """Every release, newest first; empty before the first publish."""
        return [row.release for row in release_rows(self.path / "releases")]

    def row_files(self) -> dict[str, tuple[Path, ...]]:
        """Release id > the log entries and the file that its row stands in."""
        return {row.release.id: row.files for row in release_rows(self.path / "releases")}

    def live(self) -> Release | None:
        """The newest release whose files are whole; None where there is none."""
        return next((r for r in self.releases() if not damaged(self, r)), None)

    def damage(self, release: Release) -> tuple[Damage, ...]:
        """What is wrong with the files of a release or proposal; empty where it is whole."""
        return damaged(self, release)

    def look_anew(self) -> None:
        """Read every file again when asked next, whatever its size and time say, as a new start does."""
        forget_rows()
        forget_files()

    def lost(self) -> list[str]:
        """The ids of releases whose rows cannot be read, newest first."""
        return lost(self)

    def fallback(self) -> Fallback | None:
        """Why the newest release is not the one shown; None where it is, or where there is none."""
        newest, gone = next(iter(self.releases()), None), self.lost()
        if gone and (newest is None or _number(gone[0]) > newest.number):
            return Fallback(gone[0], "发布记录读不出来", self.live())
        found = damaged(self, newest) if newest else ()
        return Fallback(newest.id, summary(found), self.live()) if newest and found else None

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
        """(table, period) > absolute Parquet paths, as the release or proposal names them."""
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
        """Absolute Parquet paths of every table; none where it holds no rows."""
        found: dict[str, list[str]] = {table: [] for table in stored_schemas()}
        for (table, _), paths in sorted(self.parts(release).items()):
            found.get(table, []).extend(paths)
        return found

    def tables(self, release: Release) -> dict[tuple[str, str], Stored]:
        """(dataset id, period) > content hash and rows, to compare two releases cell by cell."""
        parts = self.parts(release)
        return {
            part: Stored(
                digest,
                partial(read, part, parts.get(part, [])),
                partial(_count, parts.get(part, [])),
            )
            for name, digest in release.contents.items()
            if (part := _part(name))[0] in DATASET_BY_ID
        }

    def proposals(self) -> list[Proposal]:
        """Every proposal, newest first."""
        published = {r.proposal: r.id for r in self.releases() if r.proposal}
        return [_settled(proposal, published) for proposal in self._proposals.all()]

    def damaged_proposals(self) -> list[str]:
        """A sentence for every proposal whose manifest cannot be read."""
        return self._proposals.damaged()

    def proposal(self, proposal_id: str) -> Proposal | None:
        """The proposal of that id, or None."""
        found = self._proposals.get(proposal_id)
        published = {r.proposal: r.id for r in self.releases() if r.proposal} if found else {}
        return found and _settled(found, published)

    def _known(self, proposal_id: str) -> Proposal:
        found = self.proposal(proposal_id)
        if found is None:
            raise PublishError(f"没有待发布的 {proposal_id}，可能已被删除或重新比较，请刷新")
        return found

    def own_sums(self, release: Release) -> dict[tuple[str, str], dict[Path, str]]:
        """(dataset id, period) > files and their SHA-256, of a proposal's parts known by their files."""
        proposal = self._known(release.id)
        return {
            (part.dataset, part.period): {
                self._proposals.folder / proposal.id / "result" / name: digest
                for name, digest in part.sums.items()
            }
            for part in proposal.parts
            if part.sums
        }

    def own_parts(self, release: Release) -> Parts:
        """(table, period) > Parquet paths of what a proposal brings of its own."""
        return self._brought(self._known(release.id))

    def _brought(self, proposal: Proposal) -> Parts:
        return {
            (table, part.period): [str(path) for path in paths]
            for part in proposal.parts
            for table, paths in self._proposals.results(proposal, part).items()
        }

    def _proposed_parts(self, proposal: Proposal) -> Parts:
        base = self.release(proposal.base) if proposal.base else None
        return (self.parts(base) if base else {}) | self._brought(proposal)

    def _counted(self, proposal: Proposal) -> dict[str, int]:
        rows = dict.fromkeys(DATASET_BY_ID, 0)
        for (table, _), paths in self._proposed_parts(proposal).items():
            if table in rows:
                rows[table] += _count(paths)
        return rows

    def _as_release(self, proposal: Proposal) -> Release:
        base = (self.release(proposal.base) if proposal.base else None) or nothing()
        contents = base.contents | {part.id: part.digest for part in proposal.parts}
        try:
            rows = self._counted(proposal)
        except BaseException as error:  # damaged, as `damage` says
            if not raised_by_library(error):
                raise
            rows = base.rows
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


def _number(release_id: str) -> int:
    return int(release_id[1:])


def read(part: tuple[str, str], paths: list[str]) -> pa.Table:
    """The rows of one (dataset id, period)."""
    return read_part(DATASET_BY_ID[part[0]], part[1], paths)


def _count(paths: list[str]) -> int:
    """How many rows Parquet files hold, by their own word."""
    return sum(pq.read_metadata(path).num_rows for path in paths)


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
