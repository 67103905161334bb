"""Whether released files are still what was released: found by hash, named, and who is affected.

A release is held against the sums it was sealed with (`lib/store/seals.py`); one without them, against
the hashes of its rows. What was found is kept as long as no file's size or time changes, so a reader
pays one `stat` a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from lib.catalog.datasets import DATASET_BY_ID
from lib.store.content import content_hash, known_by_files, read_part
from lib.store.errors import raised_by_library
from lib.store.release import Release
from lib.store.seals import forget as forget_sums
from lib.store.seals import (
    inside,
    known_sums,
    log_entries,
    sealed_numbers,
    sums_in,
    sums_path,
    wanted_sums,
)
from lib.store.stamps import Stamp, size_and_time, stamp
from lib.store.sums import file_sum

if TYPE_CHECKING:
    from lib.store.reading import Reader

GONE, ALTERED, UNREADABLE = "不在了", "内容与发布时不同", "读不出来"
_SHOWN = 2
FileSum = Callable[[Path], str]


@dataclass(frozen=True)
class Damage:
    """One file that is not what was released.

    file: relative to the data folder;  about: whose it is, for people
    problem: what is wrong with it;     releases: who is affected, newest first
    dataset, period: whose rows it holds, "" where it holds those of none
    """

    file: str
    about: str
    problem: str
    releases: tuple[str, ...]
    dataset: str = ""
    period: str = ""

    def __str__(self) -> str:
        return f"{self.about}{self.problem}（{self.file}），影响{'、'.join(self.releases)}"


def summary(found: Iterable[Damage]) -> str:
    """What is damaged in a few words, for a sentence about a release."""
    told = list(dict.fromkeys(f"{damage.about}{damage.problem}" for damage in found))
    more = f"等{len(told)}处" if len(told) > _SHOWN else ""
    return f"{'、'.join(told[:_SHOWN])}{more}"


# what a reader asks

# Lake and release id > what it was read from, and when that was whole.
_checked: dict[tuple[Path, str], tuple[tuple[Path, ...], Stamp]] = {}
_checking = Lock()


def damaged(lake: Reader, release: Release) -> tuple[Damage, ...]:
    """What is wrong with the files a release's figures are read from; empty where it is whole.

    Files are read again only where their size or time changed since they were looked at.
    """
    key = (lake.path, release.id)
    with _checking:
        held = _checked.get(key)
        if held and held[1] == stamp(held[0]):
            return ()
        watched = watch(lake, release)
        seen = stamp(watched)
        found = tuple(check(lake, release, _remembered_sum))
        if not found:  # what failed once is tried again: a disk may have been busy
            _checked[key] = watched, seen
        return found


def forget() -> None:
    """Look at every file anew, whatever its size and time say."""
    with _checking:
        _checked.clear()
        _sum_as_of.cache_clear()
        _rows_as_of.cache_clear()
        forget_sums()


def watch(lake: Reader, release: Release) -> tuple[Path, ...]:
    """The files that say whether a release is whole."""
    listed = [lake.path / name for name in wanted_sums(lake, release)]
    if not listed:
        listed = [path for d in release.versions for path in log_entries(lake, release, d)]
        listed += [Path(p) for paths in _parts(lake, release)[0].values() for p in paths]
    if release.kind == "proposal":
        listed += [Path(p) for paths in lake.own_parts(release).values() for p in paths]
    return (sums_path(lake, release.id), *listed)


def check(lake: Reader, release: Release, file_sum: FileSum = file_sum) -> list[Damage]:
    """Read everything a release's figures are read from, and say what is wrong with it."""
    if release.kind == "proposal":
        base = lake.release(release.parent) if release.parent else None
        return (check(lake, base, file_sum) if base else []) + check_rows(lake, release)
    wanted = wanted_sums(lake, release)
    if not wanted:
        return check_rows(lake, release)
    found = [
        _damage(lake, release, name, problem)
        for name, digest in wanted.items()
        if (problem := _problem(lake.path / name, digest, file_sum))
    ]
    return found or _unresolved(lake, release, wanted)


def check_rows(lake: Reader, release: Release) -> list[Damage]:
    """A release's rows against the hashes in its row; of a proposal, those of its own parts."""
    sums: dict[tuple[str, str], dict[Path, str]] = {}
    if release.kind == "proposal":
        parts, found = lake.own_parts(release), list[Damage]()
        sums = lake.own_sums(release)
    else:
        parts, found = _parts(lake, release)
    unread = {damage.file for damage in found}
    for name, digest in release.contents.items():
        dataset, _, period = name.partition("/")
        log = _named(lake, lake.path / dataset / "_delta_log")
        if release.kind == "proposal" and (dataset, period) not in parts:
            continue  # of its base
        if dataset not in DATASET_BY_ID or log in unread:
            continue
        paths = parts.get((dataset, period), [])
        problem = _rows_problem(dataset, period, paths, digest)
        for path, wanted in sums.get((dataset, period), {}).items():
            problem = problem or _problem(path, wanted, file_sum)
        if problem:
            file = _named(lake, Path(paths[0])) if paths else log
            about = f"{_title(dataset)} {period} 的数据文件"
            found.append(Damage(file, about, problem, (release.id,), dataset, period))
    return found


# what an administrator asks


def all_damage(lake: Reader, *, rows: bool = True) -> list[Damage]:
    """Everything that is wrong with the lake and the kept originals, each file once.

    rows: read every row and hash it, too, not the files' bytes only
    """
    found: list[Damage] = list(_lost_rows(lake))
    for release in lake.releases():
        found += _damaged_sums(lake, release)
        found += check(lake, release, _remembered_sum)
        if rows:
            found += check_rows(lake, release)
        found += _originals(lake, release)
    merged: dict[str, Damage] = {}
    for damage in found:
        held = merged.setdefault(damage.file, damage)
        affected = dict.fromkeys((*held.releases, *damage.releases))
        merged[damage.file] = replace(held, releases=tuple(affected))
    return list(merged.values())


def lost(lake: Reader) -> list[str]:
    """The ids of releases there must have been, whose rows cannot be read; newest first."""
    present = {release.number for release in lake.releases()}
    known = present | sealed_numbers(lake)
    missing = set(range(1, max(known, default=0) + 1)) - present
    return [f"R{number:04d}" for number in sorted(missing, reverse=True)]


# details


def _remembered_sum(path: Path) -> str:
    return _sum_as_of(path, *size_and_time(path))


@lru_cache(maxsize=65_536)
def _sum_as_of(path: Path, _size: int, _written: int) -> str:
    return file_sum(path)


def _problem(path: Path, digest: str, file_sum: FileSum) -> str:
    """What is wrong with a file that should have that sum, "" where nothing is."""
    try:
        return "" if file_sum(path) == digest else ALTERED
    except FileNotFoundError:
        return GONE
    except OSError:
        return UNREADABLE


def _named(lake: Reader, path: Path) -> str:
    """A path relative to the data folder, for people."""
    return Path(os.path.relpath(path, lake.path.parent)).as_posix()


def _damage(lake: Reader, release: Release, name: str, problem: str) -> Damage:
    table, _, rest = name.partition("/")
    period = rest.partition("/")[0].removeprefix("period=") if "period=" in rest else ""
    what = f"{period} 的数据文件" if period else "的版本日志"
    about = f"{_title(table)} {what}" if period else f"{_title(table)}{what}"
    if table == "releases":
        about = f"版本 {release.id} 的发布记录"
    file = _named(lake, lake.path / name)
    return Damage(file, about, problem, (release.id,), table if period else "", period)


def _title(dataset: str) -> str:
    return DATASET_BY_ID[dataset].name if dataset in DATASET_BY_ID else dataset


def _parts(lake: Reader, release: Release) -> tuple[dict[tuple[str, str], list[str]], list[Damage]]:
    """(dataset, period) > files as the logs name them, and the logs that cannot be read."""
    parts: dict[tuple[str, str], list[str]] = {}
    unread = []
    for dataset in release.versions:
        try:
            found = lake.periods_of(release, dataset)
        except BaseException as error:
            if not raised_by_library(error):
                raise
            found = {}
            file = _named(lake, lake.path / dataset / "_delta_log")
            unread.append(Damage(file, f"{_title(dataset)}的版本日志", UNREADABLE, (release.id,)))
        parts |= {(dataset, period): paths for period, paths in found.items()}
    return parts, unread


def _unresolved(lake: Reader, release: Release, wanted: dict[str, str]) -> list[Damage]:
    """Whether the logs, whose bytes are right, lead to the files they led to."""
    parts, unread = _parts(lake, release)
    names = {inside(lake, Path(path)) for paths in parts.values() for path in paths}
    strays = names - set(wanted)
    return unread + [_damage(lake, release, name, "不是发布时的文件") for name in sorted(strays)]


def _rows_problem(dataset: str, period: str, paths: list[str], digest: str) -> str:
    if not paths or not all(map(os.path.isfile, paths)):
        return GONE
    try:
        if known_by_files(
            digest
        ):  # their bytes are held by sums; what is left is whether they open
            return "" if all(pq.read_metadata(path) for path in paths) else UNREADABLE
        made = _rows_as_of(dataset, period, tuple(paths), stamp(map(Path, paths)))
    except BaseException as error:
        if not raised_by_library(error):
            raise
        return UNREADABLE
    return "" if made == digest else ALTERED


@lru_cache(maxsize=4096)
def _rows_as_of(dataset: str, period: str, paths: tuple[str, ...], _stamp: Stamp) -> str:
    """The content hash of the rows in the files. Raises whatever libraries make of damaged bytes."""
    return content_hash(DATASET_BY_ID[dataset], read_part(DATASET_BY_ID[dataset], period, paths))


def _originals(lake: Reader, release: Release) -> Iterator[Damage]:
    """Kept originals that are no longer what their names say, or that the sums know and are gone."""
    known = known_sums(lake)
    for digest, file in {source["sha256"]: source["file"] for source in release.sources}.items():
        path = lake.uploads.path(digest)
        if path.is_file() or inside(lake, path) in known:
            problem = _problem(path, digest, _remembered_sum).replace("发布", "上传")
            if problem:
                yield Damage(_named(lake, path), f"原件“{file}”", problem, (release.id,))


def _damaged_sums(lake: Reader, release: Release) -> Iterator[Damage]:
    path = sums_path(lake, release.id)
    if path.exists() and not sums_in(path):
        about = f"版本 {release.id} 的校验清单"
        yield Damage(_named(lake, path), about, "损坏了", (release.id,))


def _lost_rows(lake: Reader) -> Iterator[Damage]:
    for release_id in lost(lake):
        file = _named(lake, lake.path / "releases")
        names = sums_in(sums_path(lake, release_id))
        rows = {name: digest for name, digest in names.items() if name.startswith("releases/")}
        wrong = [n for n, d in rows.items() if _problem(lake.path / n, d, _remembered_sum)]
        for name in wrong or [""]:
            where = _named(lake, lake.path / name) if name else file
            yield Damage(where, f"版本 {release_id} 的发布记录", UNREADABLE, (release_id,))
