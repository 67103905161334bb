"""Proposals: what an upload would publish, kept on disk until somebody decides.

Layout: `<proposals>/<id>/manifest.json`, `result/` (the whole parts after the mode, with what is
summed from them) and `rows/` (the rows as uploaded, where the mode made something else of them). The figures under an id never
change; only its state does.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import pyarrow as pa
from filelock import FileLock

from lib.catalog.datasets import DATASET_BY_ID
from lib.clock import CHINA
from lib.intake.issues import Issue, Question
from lib.store.content import read_part, tables_of, write_part
from lib.store.durable import beside, make_folder, put_bytes, put_file, sync, temporary
from lib.store.errors import DamagedError
from lib.store.modes import MODE_BY_ID, Mode
from lib.store.staging import Staged

State = Literal["待发布", "待复核", "已发布", "已退回"]
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class ProposedPart:
    """One dataset and period: content hashes in the base (None: not there) and as proposed.

    sums: of a part known by the files it came from, each of its own files (in `result/`) > SHA-256
    """

    dataset: str
    period: str
    base: str | None
    digest: str
    rows: int
    synthetic: bool
    sums: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """dataset/period, as in `Release.contents`."""
        return f"{self.dataset}/{self.period}"


@dataclass(frozen=True)
class Proposal:
    """What somebody wants published.

    base: release id it was made against, None before the first;  by: who made it
    sources, issues: as in Release;  issue_rows: what the reading said
    state: 待发布, 待复核 (submitted_by, and its account where people sign in), 已发布 (release) or 已退回 (reason)
    """

    id: str
    created_at: dt.datetime
    by: str
    sender: str
    note: str
    mode: str
    base: str | None
    parts: tuple[ProposedPart, ...]
    sources: list[dict[str, Any]] = field(default_factory=list)
    issues: dict[str, int] = field(default_factory=dict)
    issue_rows: tuple[Issue, ...] = ()
    state: State = "待发布"
    submitted_by: str = ""
    submitted_account: str = ""
    release: str = ""
    reason: str = ""

    @property
    def publish_mode(self) -> Mode:
        """How its rows meet what is live."""
        return MODE_BY_ID[self.mode]

    @property
    def label(self) -> str:
        """For people: the id and when it was made, Beijing time."""
        return f"{self.id} · {self.created_at.astimezone(CHINA):%Y-%m-%d %H:%M}"


class Proposals:
    """The proposals under one folder. Writers hold the lake's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> list[Proposal]:
        """Every proposal that can be read, newest first."""
        found = []
        for path in self.folder.glob(f"P*/{_MANIFEST}"):
            with suppress(DamagedError):  # named by `damaged`
                found.append(self._read(path))
        return sorted(found, key=lambda p: (p.created_at, p.id), reverse=True)

    def damaged(self) -> list[str]:
        """A sentence for every proposal that cannot be read."""
        found = []
        for path in sorted(self.folder.glob(f"P*/{_MANIFEST}")):
            try:
                self._read(path)
            except DamagedError as error:
                found.append(str(error))
        return found

    def get(self, proposal_id: str) -> Proposal | None:
        """The proposal of that id, or None."""
        path = self.folder / proposal_id / _MANIFEST
        known = proposal_id.startswith("P") and "/" not in proposal_id
        return self._read(path) if known and path.is_file() else None

    def new_id(self) -> str:
        """An id that was never used: the Beijing date and six random digits."""
        return f"P{dt.datetime.now(CHINA):%y%m%d}-{uuid4().hex[:6]}"

    def write(self, proposal: Proposal, staged: Sequence[Staged]) -> None:
        """Put a proposal on the disk, whole or not at all. Raises OSError."""
        make_folder(self.folder)
        unfinished = temporary(self.folder)
        for part in staged:
            for table in tables_of(part.dataset):
                _put(unfinished / "result", table, part.period, part.table)
            if part.table is not part.rows:
                _put(unfinished / "rows", part.dataset.id, part.period, part.rows)
        self.adopt(proposal, unfinished)

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """An empty folder for what may become a proposal; gone afterwards, if it did not.

        A clean-up leaves it alone as long as it is in use.
        """
        make_folder(self.folder)
        unfinished = temporary(self.folder)
        try:
            with FileLock(beside(unfinished)):
                make_folder(unfinished)
                yield unfinished
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
            beside(unfinished).unlink(missing_ok=True)

    def adopt(self, proposal: Proposal, unfinished: Path) -> None:
        """Make a folder of ours, whose `result/` holds the parts, the proposal's. Raises OSError."""
        make_folder(unfinished)
        put_bytes(unfinished / _MANIFEST, _to_json(proposal))
        unfinished.rename(self.folder / proposal.id)
        sync(self.folder)

    def save(self, proposal: Proposal) -> None:
        """Put a changed state on the disk. Raises OSError."""
        put_bytes(self.folder / proposal.id / _MANIFEST, _to_json(proposal))

    def remove(self, proposal_id: str) -> None:
        """Take a proposal away: first its name, then its files. Raises OSError."""
        going = temporary(self.folder)
        (self.folder / proposal_id).rename(going)
        sync(self.folder)
        shutil.rmtree(going)

    def drop_figures(self, proposal_id: str) -> list[Path]:
        """Remove the figures of a published proposal: its release holds them. The folders gone."""
        held = [self.folder / proposal_id / name for name in ("result", "rows")]
        held = [folder for folder in held if folder.exists()]
        for folder in held:
            shutil.rmtree(folder)
        return held

    def results(self, proposal: Proposal, part: ProposedPart) -> dict[str, list[Path]]:
        """Table > the Parquet files of a whole part as proposed, and of what is summed from it."""
        folder = self.folder / proposal.id / "result"
        return {
            table: sorted((folder / part_folder(table, part.period)).glob("*.parquet"))
            for table in tables_of(DATASET_BY_ID[part.dataset])
        }

    def rows(self, proposal: Proposal, part: ProposedPart) -> pa.Table:
        """The rows as they were uploaded."""
        folder = self.folder / proposal.id / "rows" / part_folder(part.dataset, part.period)
        paths = sorted(folder.glob("*.parquet")) or self.results(proposal, part)[part.dataset]
        return read_part(DATASET_BY_ID[part.dataset], part.period, [str(path) for path in paths])

    def _read(self, path: Path) -> Proposal:
        try:
            return _from_json(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedError(
                f"待发布的 {path.parent.name} 清单已损坏，请删除后重新上传"
            ) from error


def proposed(staged: Staged) -> ProposedPart:
    """What a manifest says of one staged part."""
    return ProposedPart(
        staged.dataset.id, staged.period, staged.base, staged.digest,
        len(staged.table), staged.synthetic,
    )  # fmt: skip


def part_folder(table: str, period: str) -> Path:
    """Where the files of a part of a table are, inside a proposal's `result/` or `rows/`."""
    return Path(table, f"period={period}")


def _put(folder: Path, table: str, period: str, rows: pa.Table) -> None:
    path = folder / part_folder(table, period) / "part.parquet"
    make_folder(path.parent)
    put_file(path, lambda unfinished: write_part(table, rows, unfinished))


def _to_json(proposal: Proposal) -> bytes:
    values = {**asdict(proposal), "created_at": proposal.created_at.isoformat()}
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _from_json(values: dict[str, Any]) -> Proposal:
    known = {f.name: values[f.name] for f in fields(Proposal) if f.name in values}
    known["created_at"] = dt.datetime.fromisoformat(known["created_at"])
    known["parts"] = tuple(ProposedPart(**part) for part in known["parts"])
    known["issue_rows"] = tuple(_issue(row) for row in known.get("issue_rows", ()))
    return Proposal(**known)


def _issue(row: dict[str, Any]) -> Issue:
    known = {f.name: row[f.name] for f in fields(Issue) if f.name in row}
    question = known.get("question")
    if question:
        options = tuple((value, label) for value, label in question["options"])
        known["question"] = Question(question["key"], question["text"], options)
    return Issue(**known)
