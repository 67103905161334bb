"""Deliberately broken lakes: the checks must find every one of them out."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lib.catalog.datasets import DATASET_BY_ID
from lib.intake.schema import schema
from lib.store import delta
from lib.store.durable import make_folder, put_bytes
from lib.store.errors import PublishError
from lib.store.lake import Lake
from lib.store.proposals import Proposal, Proposals, _put, _to_json
from lib.store.release import Release
from lib.store.staging import Staged
from lib.store.writing import Change, write_tables


class Whole(Lake):
    """Not broken."""


class RowFirst(Lake):
    """Appends the release row before the tables it names are written."""

    def _write_tables(self, base: Release, changes: Sequence[Change]) -> Release:
        self.waiting = base, changes
        with TemporaryDirectory() as elsewhere:
            copy = Path(elsewhere, "lake")
            shutil.copytree(self.path, copy)
            return write_tables(copy, base, changes)

    def _append(self, live: Release | None, content: Release) -> Release:
        release = super()._append(live, content)
        time.sleep(0.3)  # long enough to be killed in
        write_tables(self.path, *self.waiting)
        return release


class OnTop(Lake):
    """Writes on top of whatever a crash left, not of what is live; never cleans up."""

    def _write_tables(self, base: Release, changes: Sequence[Change]) -> Release:
        latest = {name: delta.newest(self.path / name) for name in base.versions}
        return write_tables(self.path, replace(base, versions=latest), changes)

    def repair(self) -> list[str]:
        return []


class SaysYes(Lake):
    """Takes a failed publish for a successful one."""

    def publish_proposal(self, proposal_id: str, **how: Any) -> Release:
        with suppress(PublishError):
            return super().publish_proposal(proposal_id, **how)
        return self.releases()[0]


class InPlace(Lake):
    """Writes a proposal under its own name from the start, its list of contents first."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._proposals = _InPlace(self._proposals.folder)


class _InPlace(Proposals):
    def write(self, proposal: Proposal, staged: Sequence[Staged]) -> None:
        folder = self.folder / proposal.id
        make_folder(folder)
        put_bytes(folder / "manifest.json", _to_json(proposal))
        for part in staged:
            _put(folder / "result", part.dataset.id, part.period, part.table)


class Unlocked(Lake):
    """Lets everybody write at once."""

    @contextmanager
    def _writing(self) -> Iterator[None]:
        yield


class Unsynced(Lake):
    """Leaves the tables to the operating system: a power cut takes them."""

    def _write_tables(self, base: Release, changes: Sequence[Change]) -> Release:
        versions, rows = dict(base.versions), dict(base.rows)
        for name in {change.dataset for change in changes}:
            parts = {c.period: c.files[name] for c in changes if c.dataset == name}
            versions[name], rows[name] = delta.replace_parts(
                self.path / name, versions[name], schema(DATASET_BY_ID[name]), parts
            )
        contents = base.contents | {change.id: change.digest for change in changes}
        return replace(base, versions=versions, contents=contents, rows=rows)


LAKES: dict[str, type[Lake]] = {
    lake.__name__: lake for lake in (Whole, RowFirst, OnTop, SaysYes, InPlace, Unlocked, Unsynced)
}
