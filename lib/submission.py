"""From files to a proposal against what is live: the one path of the pages and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lib.catalog.datasets import DATASET_BY_ID
from lib.compare import Diff, Stored, Uncompared, compare_releases, keys
from lib.intake.cases.drop import Dropped, read_drop
from lib.intake.child.sandbox import read_upload
from lib.intake.choices import Choices
from lib.intake.draft import Draft
from lib.intake.files.limits import UPLOAD, Limits
from lib.intake.reading import Reading, read_file
from lib.logs import log
from lib.settings import data_dir, lake_dir
from lib.store.lake import Lake
from lib.store.modes import MERGE, REPLACE, Mode
from lib.store.proposals import Proposal
from lib.store.prove import Proof, prove
from lib.store.senders import Senders

_LARGE = 50_000  # rows above which a file is taken to be whole


@dataclass(frozen=True)
class Received:
    """One uploaded file: its bytes (or where they are), and what reading them gave."""

    content: bytes | Path
    reading: Reading

    @property
    def original(self) -> tuple[str, bytes]:
        """SHA-256 and bytes of what is kept: without personal data where some was found."""
        if self.reading.kept is not None:
            return self.reading.sha256, self.reading.kept
        whole = self.content if isinstance(self.content, bytes) else self.content.read_bytes()
        return self.reading.sha256, whole


@dataclass(frozen=True)
class PartDiff:
    """What happens to one dataset and period."""

    dataset: str
    period: str
    diff: Diff | Uncompared


def senders() -> Senders:
    """What senders decided before, in the data folder."""
    return Senders(data_dir() / "senders")


def receive(
    content: bytes | Path,
    name: str,
    *,
    sender: str,
    choices: Choices,
    limits: Limits = UPLOAD,
    progress: Callable[[str, float], None] | None = None,
) -> Received:
    """Read one file with the sender's earlier decisions and the given ones, which go first."""
    known = senders().choices(sender) | dict(choices)
    return Received(content, read_upload(content, Path(name).name, known, limits, progress))


def receive_path(path: Path, *, sender: str, choices: Choices, limits: Limits) -> Received:
    """Read a file on this machine."""
    return receive(path, path.name, sender=sender, choices=choices, limits=limits)


def drafts_of(received: Sequence[Received]) -> list[Draft]:
    """Every table of the files."""
    return [draft for one in received for draft in one.reading.drafts]


def suggested_mode(drafts: Sequence[Draft]) -> Mode:
    """整期替换 where nothing live would get lost by it, else 更正并补充: many files are partial."""
    lake = Lake(lake_dir())
    live = lake.live()
    tables = lake.tables(live) if live else {}
    held: dict[tuple[str, str], set[object]] = {}
    for draft in drafts:
        if draft.dataset is None or draft.table is None or len(draft.table) > _LARGE:
            continue
        for period, *rest in keys(draft.dataset, draft.table):
            held.setdefault((draft.dataset.id, str(period)), set()).add((period, *rest))
    for part, present in held.items():
        if part in tables and set(keys(DATASET_BY_ID[part[0]], tables[part].read())) - present:
            return MERGE
    return REPLACE


def propose(
    received: Sequence[Received], *, mode: str, by: str, sender: str, note: str = ""
) -> Proposal:
    """Keep the files and what they would make of the live release.

    Raises PublishError where something blocks; nothing is written then.
    """
    originals = dict(one.original for one in received)
    drafts = drafts_of(received)
    proposal = Lake(lake_dir()).propose(
        drafts, mode=mode, by=by, sender=sender, note=note, originals=originals
    )
    try:
        for draft in drafts:
            senders().remember(sender, draft.choices)
    except OSError as error:  # the proposal is whole; the next file is asked about again
        log.warning("choices not remembered", why=str(error))
    return proposal


def propose_drop(
    folder: Path, *, by: str, note: str = "", period: str | None = None,
    progress: Callable[[str, float], None] = lambda _stage, _share: None,
) -> tuple[Proposal | None, Dropped]:  # fmt: skip
    """Read a folder of cases, however many, and keep them as a proposal; None where something blocks.

    Nothing stays of what was not proposed. Raises PublishError; what `progress` raises ends it.
    """
    lake = Lake(lake_dir())
    with lake.workspace() as workspace:
        dropped = read_drop(folder, workspace, period=period, progress=progress)
        proposal = (
            lake.propose_cases(dropped, workspace, by=by, note=note) if dropped.parts else None
        )
    return proposal, dropped


def differences(old_id: str | None, new_id: str) -> list[PartDiff]:
    """Cell by cell, what separates two releases or proposals; None stands for an empty lake."""
    lake = Lake(lake_dir())
    old, new = (lake.opened(one) if one else None for one in (old_id, new_id))
    before: Mapping[tuple[str, str], Stored] = lake.tables(old) if old else {}
    after = lake.tables(new) if new else {}
    return [PartDiff(*found) for found in compare_releases(before, after)]


def untouched(proposal: Proposal) -> bool:
    """Whether a proposal would change nothing that is live."""
    return all(part.base == part.digest for part in proposal.parts)


def proofs(release_id: str) -> list[Proof]:
    """Whether the kept originals, read again, give a release's content."""

    def read(content: bytes, file: str, _sheet: str, choices: Mapping[str, str]) -> list[Draft]:
        return list(read_file(content, file, choices).drafts)

    return prove(Lake(lake_dir()), release_id, read)
