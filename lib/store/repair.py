"""Cleaning up what crashed publishes left behind. Nothing any release names is touched.

In a lake with damaged files nothing is removed: what no log seems to name may be what is left.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from lib.store import delta
from lib.store.durable import TEMPORARY, beside, sync
from lib.store.seals import seal, sealed, sealed_names

if TYPE_CHECKING:
    from lib.store.lake import Lake


def repair(lake: Lake) -> list[str]:
    """Remove temporary files, versions and files no release names; what was removed.

    Call under the lake's lock. A table no release knows is kept: it may be what is left of
    a damaged folder. Raises OSError.
    """
    data = lake.path.parent
    removed = _torn_commit(lake)
    releases = lake.releases()
    if lake.lost() or any(lake.damage(release) for release in releases):
        return _names(data, removed)
    for release in reversed(releases):
        if not sealed(lake, release):
            seal(lake, release)
    if releases:
        named = [("releases", delta.newest(lake.path / "releases"))]
        tables = {dataset for release in releases for dataset in release.versions}
        named += [(name, max(r.versions.get(name, 0) for r in releases)) for name in sorted(tables)]
        for name, version in named:
            removed += _later_versions(lake.path / name, version)
            removed += _unnamed_files(lake.path / name)
    for folder in (lake.path, data / "proposals", data / "uploads"):
        removed += _temporary(folder)
    for proposal in lake.proposals():
        if proposal.state == "已发布":
            removed += lake.forget_figures(proposal)
    return _names(data, removed)


def _names(data: Path, removed: list[Path]) -> list[str]:
    return [path.relative_to(data).as_posix() for path in removed]


def _torn_commit(lake: Lake) -> list[Path]:
    """The newest release row, where a power cut left it or its file unreadable on the disk.

    Sums are written after the row: one that they name was whole, and is damaged, not torn.
    """
    releases = lake.path / "releases"
    newest = releases / "_delta_log" / f"{delta.newest(releases):020d}.json"
    named = newest.relative_to(lake.path).as_posix() in sealed_names(lake)
    if not newest.exists() or named or _whole(newest):
        return []
    return _remove(newest)


def _whole(commit: Path) -> bool:
    try:
        added = list(delta.added(commit))
    except ValueError:
        return False
    table = commit.parent.parent
    return commit.stat().st_size > 0 and all(
        (table / path).is_file() and (table / path).stat().st_size == size for path, size in added
    )


def _later_versions(table: Path, version: int) -> list[Path]:
    """Log files after the last version that a release names, newest first."""
    log = table / "_delta_log"
    later = [path for path in log.iterdir() if delta.commit_number(path) > version]
    pointer = log / "_last_checkpoint"
    if any("checkpoint" in path.name for path in later) and pointer.exists():
        later.append(pointer)  # without it the log is listed, which is slower but right
    removed = []
    for path in sorted(later, key=delta.commit_number, reverse=True):
        removed += _remove(path)
    return removed


def _unnamed_files(table: Path) -> list[Path]:
    named = {
        path for commit in (table / "_delta_log").glob("*.json") for path, _ in delta.added(commit)
    }
    found = [path for path in table.rglob("*.parquet") if "_delta_log" not in path.parts]
    strays = [path for path in found if path.relative_to(table).as_posix() not in named]
    return [gone for path in strays for gone in _remove(path)]


def _temporary(folder: Path) -> list[Path]:
    """Unfinished files of ours, and of the Delta writer (`name#1`, `*.tmp`)."""
    used = [path for path in folder.glob(f"{TEMPORARY}*") if path.is_dir() and _in_use(path)]
    kept = {path for busy in used for path in (busy, beside(busy), *busy.rglob("*"))}
    found = [*folder.rglob(f"{TEMPORARY}*"), *folder.rglob("*#[0-9]*"), *folder.rglob("*.tmp")]
    return [gone for path in found if path not in kept and path.exists() for gone in _remove(path)]


def _in_use(unfinished: Path) -> bool:
    """Whether somebody works in a temporary folder and holds the lock beside it."""
    if not beside(unfinished).exists():
        return False
    try:
        with FileLock(beside(unfinished), timeout=0):
            return False
    except Timeout:
        return True


def _remove(path: Path) -> list[Path]:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    sync(path.parent)
    return [path]
