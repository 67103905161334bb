"""Proving a release: its kept originals, read again, give the same content, or they do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from lib.catalog.datasets import DATASET_BY_ID
from lib.intake.draft import Draft
from lib.store.content import content_hash
from lib.store.errors import DamagedError, PublishError
from lib.store.modes import MODE_BY_ID, REPLACE, Mode, apply
from lib.store.reading import Reader
from lib.store.release import Release
from lib.store.staging import gather

ReadOriginal = Callable[[bytes, str, str, Mapping[str, str]], list[Draft]]
Outcome = Literal["相同", "不同", "缺原件"]
_State = dict[str, pa.Table | None]  # "dataset/period" > rows; None: an original is missing


@dataclass(frozen=True)
class Proof:
    """One dataset and period of a release: whether its originals give the same content again.

    digest: as released;  rebuilt: of the rows read again, "" where an original is missing
    """

    dataset: str
    period: str
    outcome: Outcome
    digest: str
    rebuilt: str


def prove(lake: Reader, release_id: str, read: ReadOriginal) -> list[Proof]:
    """Read the originals of the whole chain up to a release again, and compare hashes.

    read: (content, file, sheet, choices) > the drafts of that file
    Raises PublishError for an unknown release.
    """
    by_id = {release.id: release for release in lake.releases()}
    if release_id not in by_id:
        raise PublishError(f"没有版本 {release_id}，请在“快照版本”页核对版本号")
    states: dict[str | None, _State] = {None: {}}
    for release in sorted(by_id.values(), key=lambda r: r.number):
        if release.number > by_id[release_id].number:
            break
        if release.kind == "rollback":
            states[release.id] = states[_restored(release, by_id)]
        else:
            states[release.id] = _after(lake, release, states[release.parent], read)
    return [
        _proof(by_id[release_id], name, states[release_id]) for name in _parts(by_id[release_id])
    ]


def _parts(release: Release) -> list[str]:
    return sorted(name for name in release.contents if name.partition("/")[0] in DATASET_BY_ID)


def _proof(release: Release, name: str, state: _State) -> Proof:
    dataset, _, period = name.partition("/")
    digest, rows = release.contents[name], state.get(name)
    if name in state and rows is None:
        return Proof(dataset, period, "缺原件", digest, "")
    rebuilt = content_hash(DATASET_BY_ID[dataset], rows) if rows is not None else ""
    return Proof(dataset, period, "相同" if rebuilt == digest else "不同", digest, rebuilt)


def _restored(release: Release, by_id: Mapping[str, Release]) -> str:
    """The release a rollback brought back; early rows do not name it, but it has its versions."""
    same = [
        r for r in by_id.values() if r.number < release.number and r.versions == release.versions
    ]
    return release.restored or max(same, key=lambda r: r.number).id


def _after(lake: Reader, release: Release, before: _State, read: ReadOriginal) -> _State:
    state, drafts, lost = dict(before), list[Draft](), set[str]()
    for source in release.sources:
        content = _original(lake, source["sha256"])
        if content is None:
            lost |= _touched(release, source)
        else:
            drafts += _again(content, source, read)
    for dataset, period, rows, _ in _gathered(drafts):
        name, mode = f"{dataset.id}/{period}", _mode(release.sources[0])
        live = state.get(name)
        if name in state and live is None and not mode.removes:
            continue  # what it was put on top of is lost
        state[name] = apply(dataset, mode, live, rows).table
    return state | dict.fromkeys(lost)


def _mode(source: Mapping[str, Any]) -> Mode:
    """How a source's rows met what was live; early releases replaced whole periods."""
    return MODE_BY_ID[source.get("mode") or REPLACE.id]


def _gathered(drafts: list[Draft]) -> list[Any]:
    try:
        return list(gather(drafts))
    except PublishError:  # read differently today, the files contradict each other
        return []


def _original(lake: Reader, digest: str) -> bytes | None:
    """A kept original, None where it is missing or damaged."""
    try:
        return lake.uploads.read(digest)
    except DamagedError:
        return None


def _again(content: bytes, source: Mapping[str, Any], read: ReadOriginal) -> list[Draft]:
    """The drafts that a source was, read again."""
    sheet = source.get("sheet") or ""
    drafts = read(content, source["file"], sheet, source.get("choices") or {})
    wanted = [d for d in drafts if d.dataset and d.dataset.id == source["dataset"]]
    return [d for d in wanted if d.table is not None and (d.sheet == sheet or not sheet)]


def _touched(release: Release, source: Mapping[str, Any]) -> set[str]:
    periods = source.get("periods") or release.periods
    return {f"{source['dataset']}/{period}" for period in periods} & set(release.contents)
