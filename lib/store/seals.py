"""The sums a release is sealed with: the SHA-256 of every file that it is read from.

`<lake>/sums/<release>.sha256`, written with the release, names its rows, the log entries and release
row that came with it, its originals. An older lake, or a crash, leaves a release without one until a
clean-up writes it.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lib.store import delta
from lib.store.durable import make_folder, put_bytes
from lib.store.errors import DamagedError
from lib.store.release import Release
from lib.store.stamps import Stamp, size_and_time, stamp
from lib.store.sums import file_sum, from_text, to_text

if TYPE_CHECKING:
    from lib.store.reading import Reader

_LOG_FILE = re.compile(r"\d{20}(\.checkpoint[^/]*)?\.(json|parquet)")


def seal(lake: Reader, release: Release) -> Path:
    """Write the sums of a release that is whole; the file. Under the lake's lock. Raises OSError.

    What earlier sums name is taken from them, not read again: damage since is not covered up.
    """
    known = known_sums(lake)
    names = [inside(lake, Path(p)) for paths in lake.parts(release).values() for p in paths]
    for dataset in release.versions:
        logged = [inside(lake, path) for path in log_entries(lake, release, dataset)]
        names += [name for name in logged if name not in known]
    names += [inside(lake, path) for path in lake.row_files().get(release.id, ())]
    kept = [lake.uploads.path(source["sha256"]) for source in release.sources]
    sums = {name: known.get(name) or file_sum(lake.path / name) for name in names}
    sums |= {inside(lake, path): path.name for path in kept if path.is_file()}
    path = sums_path(lake, release.id)
    make_folder(path.parent)
    put_bytes(path, to_text(sums))
    return path


def sealed(lake: Reader, release: Release) -> bool:
    """Whether the sums of a release are there."""
    return sums_path(lake, release.id).exists()


def sealed_names(lake: Reader) -> set[str]:
    """Every file that readable sums name, relative to the lake."""
    return set(known_sums(lake))


def sealed_numbers(lake: Reader) -> set[int]:
    """The numbers of the releases whose sums are there, readable or not."""
    return {int(path.stem[1:]) for path in _sums_files(lake)}


def sums_path(lake: Reader, release_id: str) -> Path:
    """Where the sums of a release are, or would be."""
    return lake.path / "sums" / f"{release_id}.sha256"


def sums_in(path: Path) -> dict[str, str]:
    """File name > sum, as a file of sums says; empty where it is damaged or not there."""
    try:
        return _sums_as_of(path, *size_and_time(path))
    except (OSError, DamagedError):
        return {}


def known_sums(lake: Reader) -> dict[str, str]:
    """File name > sum, of all readable sums together."""
    files = tuple(_sums_files(lake))
    return _known_as_of(files, stamp(files))


def wanted_sums(lake: Reader, release: Release) -> dict[str, str]:
    """File name > sum of all that a release's figures are read from; empty without whole sums."""
    own = sums_in(sums_path(lake, release.id))
    wanted = {name: digest for name, digest in own.items() if not name.startswith("../")}
    if not wanted:
        return {}
    for name, digest in known_sums(lake).items():
        dataset, _, entry = name.partition("/_delta_log/")
        if entry and delta.commit_number(Path(entry)) <= release.versions.get(dataset, -1):
            wanted[name] = digest
    return wanted


def log_entries(lake: Reader, release: Release, dataset: str) -> list[Path]:
    """The log entries of a dataset up to a release."""
    version = release.versions[dataset]
    entries = sorted((lake.path / dataset / "_delta_log").glob("*"))
    return [
        path for path in entries
        if _LOG_FILE.fullmatch(path.name) and delta.commit_number(path) <= version
    ]  # fmt: skip


def inside(lake: Reader, path: Path) -> str:
    """A path relative to the lake; originals stand beside it."""
    return Path(os.path.relpath(path, lake.path)).as_posix()


def forget() -> None:
    """Read every file of sums anew, whatever its size and time say."""
    _sums_as_of.cache_clear()
    _known_as_of.cache_clear()


def _sums_files(lake: Reader) -> list[Path]:
    return sorted((lake.path / "sums").glob("R*.sha256"))


@lru_cache(maxsize=4096)
def _sums_as_of(path: Path, _size: int, _written: int) -> dict[str, str]:
    return from_text(path.read_bytes())


@lru_cache(maxsize=8)
def _known_as_of(files: tuple[Path, ...], _stamp: Stamp) -> dict[str, str]:
    return {name: digest for path in files for name, digest in sums_in(path).items()}
