"""One lake for many servers over an object store: the writer shares its releases, others follow them.

Only what a release is sealed with is moved, each file once; the store holds the same names as the
data folder. A release's row comes after its files and its sums come last, so who follows sees it
whole or not at all. Readers read from their own disk: DuckDB reaches no network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from lib.disk_errors import trouble
from lib.store import copies
from lib.store.durable import TEMPORARY, make_folder, put_bytes, put_file
from lib.store.errors import DamagedError
from lib.store.form import NAME as FORM
from lib.store.form import too_new_form
from lib.store.integrity import summary
from lib.store.objects import ObjectStore, ObjectStoreError
from lib.store.reading import Reader
from lib.store.release import Release
from lib.store.seals import sums_in, sums_path
from lib.store.sums import file_sum, from_text

_LOCK_SECONDS = 60
_PART = r"(?!\.)[A-Za-z0-9_.=%-]+"  # of a name: never hidden, never a way out of the folder
_SEALED = re.compile(rf"(lake|uploads)(/{_PART})+")
_SUMS = re.compile(r"lake/sums/(R\d{4,9})\.sha256")
_COMMENTS = re.compile(r"lake/comments/R\d{4,9}\.jsonl")
_FORM_NAME, _ROWS = f"lake/{FORM}", "lake/releases/"


class SharingError(ValueError):
    """Releases that were not shared or not followed; the message is a Chinese sentence."""


@dataclass
class Moved:
    """What was copied: releases, oldest first, files with their bytes."""

    releases: list[str] = field(default_factory=list)
    files: int = 0
    size: int = 0

    def add(self, size: int) -> None:
        """Another file of that size."""
        self.files += 1
        self.size += size


def share(lake: Reader, store: ObjectStore, moved: Moved) -> None:
    """Copy to the store what it lacks of the whole and sealed releases. Raises SharingError.

    moved: what was copied is added to it, also where something fails later
    """
    with _told("没有送完"):
        if refused := copies.refusal(lake.path):
            raise SharingError(f"没有送：{refused}")
        there = dict(store.sizes())
        form = _form(store, there)
        if lost := lake.lost():
            raise SharingError(
                f"没有送：{lost[0]} 的发布记录读不出来，请先运行 python -m lib verify"
            )
        releases = sorted(lake.releases(), key=lambda one: one.number)
        if strange := set(_shared(there)) - {release.id for release in releases}:
            raise SharingError(
                f"没有送：“{store.shown}”里的 {_newest(strange)} 这里没有，那是另一处发布的数据，请换一个地址"
            )
        _check_same(lake, store, there)
        send = partial(_send, lake.path.parent, store, there, moved)
        if (lake.path / FORM).exists():  # lakes from before forms were counted have none
            send(_FORM_NAME, anew=form != (lake.path / FORM).read_bytes())
        for release in releases:
            _share(lake, release, there, send, moved)
        for path in sorted((lake.path / "comments").glob("R*.jsonl")):
            send(path.relative_to(lake.path.parent).as_posix())


def _share(
    lake: Reader,
    release: Release,
    there: Mapping[str, int],
    send: Callable[..., None],
    moved: Moved,
) -> None:
    """Send what a release is read from, where it is not there, then its sums."""
    path = sums_path(lake, release.id)
    name = _data_name(f"sums/{path.name}")
    is_new = not path.exists() or there.get(name) != path.stat().st_size
    if is_new and (found := lake.damage(release)):
        raise SharingError(
            f"{release.id} 的文件损坏（{summary(found)}），没有送出，后面的版本也送不出去；"
            "请先从备份恢复它的文件"
        )
    if not sums_in(path):
        raise SharingError(
            f"{release.id} 还没有完好的校验清单，没有送出；请稍后再试，或启动一次应用来补上"
        )
    for one in _in_order(sums_in(path)):
        if is_new or one not in there:  # what a publish that failed left may have the same size
            send(one, anew="/_delta_log/" in one)
    send(name)
    if is_new:
        moved.releases.append(release.id)


def follow(store: ObjectStore, lake: Reader, moved: Moved) -> None:
    """Copy from the store what this lake lacks; it is a copy from then on. Raises SharingError.

    What was fetched before something failed is kept and not seen; the next time goes on from there.
    What is damaged here is fetched again.
    moved: as of `share`
    """
    with _told("没有取完"):
        there = store.sizes()
        theirs = _shared(there)
        if not theirs:
            raise SharingError(f"“{store.shown}”里还没有任何版本，请先在发布的服务器上运行 share")
        form = _form(store, there)
        make_folder(lake.path)
        with FileLock(lake.path / ".lock", timeout=_LOCK_SECONDS):
            ours = {release.id: release for release in lake.releases()}
            _check_follows(lake, store, ours, theirs)
            if not copies.is_copy(lake.path):
                copies.mark(lake.path, store.shown)
            _clear(lake)
            if form:
                put_bytes(lake.path / FORM, form)
            for name in sorted(theirs, key=_number):
                held = ours.get(name) if sums_path(lake, name).exists() else None
                if held is None or lake.damage(held):
                    _bring(lake, store, name, there, moved)
            for name in sorted(filter(_COMMENTS.fullmatch, there)):
                path = lake.path.parent / name
                if not path.exists() or path.stat().st_size != there[name]:
                    _fetch(store, name, path, moved)
            copies.looked(lake.path)


def _check_follows(
    lake: Reader, store: ObjectStore, ours: Iterable[str], theirs: Mapping[str, str]
) -> None:
    """Raise SharingError where a lake has releases of its own, which would be lost."""
    own = {*ours, *lake.lost()}
    if own and not copies.is_copy(lake.path):
        raise SharingError(
            f"没有取：这里有自己发布的 {_newest(own)}，不是副本；请换一个空的数据文件夹"
        )
    if alone := own - set(theirs):
        raise SharingError(
            f"没有取：这里有“{store.shown}”没有的版本 {_newest(alone)}，请换一个空的数据文件夹"
        )
    _check_same(lake, store, theirs.values())


def _clear(lake: Reader) -> None:
    """Remove what was left half fetched by a process that was killed."""
    for folder in (lake.path, lake.uploads.folder):
        for stray in folder.rglob(f"{TEMPORARY}*"):
            stray.unlink()


def _bring(
    lake: Reader, store: ObjectStore, release: str, there: Mapping[str, int], moved: Moved
) -> None:
    """Fetch what a release is read from, then its sums, with which it is whole."""
    path = sums_path(lake, release)
    name = _data_name(f"sums/{path.name}")
    content = store.read(name)
    sums = from_text(content)
    for one in _in_order(sums):
        digest, own = sums[_lake_name(one)], lake.path.parent / one
        if own.exists() and file_sum(own) == digest:
            continue
        if one not in there:
            raise SharingError(f"“{store.shown}”里没有 {one}；请在发布的服务器上运行 share 补上")
        _fetch(store, one, own, moved, digest)
    make_folder(path.parent)
    put_bytes(path, content)
    moved.add(len(content))
    moved.releases.append(release)


def _fetch(store: ObjectStore, name: str, path: Path, moved: Moved, digest: str = "") -> None:
    """Bring a file to the disk whole, and with that hash, or not at all."""

    def write(unfinished: Path) -> None:
        try:
            store.get(name, unfinished)
            _check_sum(store, name, unfinished, digest)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    make_folder(path.parent)
    put_file(path, write)
    moved.add(path.stat().st_size)


def _check_sum(store: ObjectStore, name: str, path: Path, digest: str) -> None:
    if digest and file_sum(path) != digest:
        raise SharingError(
            f"“{store.shown}”里的 {name} 损坏了，与发布时不同；"
            "请在那里删掉它，再在发布的服务器上运行 share"
        )


def _send(
    data: Path,
    store: ObjectStore,
    there: dict[str, int],
    moved: Moved,
    name: str,
    *,
    anew: bool = False,
) -> None:
    """Copy a file to the store, unless one of its name and size is there and it is not to be sent anew."""
    size = (data / name).stat().st_size
    if anew or there.get(name) != size:
        store.put(data / name, name)
        there[name] = size
        moved.add(size)


def _shared(there: Iterable[str]) -> dict[str, str]:
    """Release id > name of its sums, of the releases that are whole in a store."""
    return {found[1]: name for name in there if (found := _SUMS.fullmatch(name))}


def _check_same(lake: Reader, store: ObjectStore, there: Iterable[str]) -> None:
    """Raise SharingError where the newest release both have is not the same one."""
    whole = {
        release: name
        for release, name in _shared(there).items()
        if sums_in(sums_path(lake, release))
    }
    if not whole:
        return
    newest = _newest(whole)
    theirs = store.read(whole[newest])
    with suppress(DamagedError):  # cut off while it was sent: it is sent again
        if from_text(theirs) != sums_in(sums_path(lake, newest)):
            raise SharingError(
                f"这里的 {newest} 与“{store.shown}”里的不是同一个版本，什么也没有动；请换一个地址或空的数据文件夹"
            )


def _form(store: ObjectStore, there: Mapping[str, int]) -> bytes:
    """What FORM of the lake in a store holds, b"" where there is none. Raises SharingError for a newer form."""
    form = store.read(_FORM_NAME) if _FORM_NAME in there else b""
    if form and (newer := too_new_form(form, store.shown)):
        raise SharingError(newer)
    return form


def _in_order(sums: Mapping[str, str]) -> list[str]:
    """The files of a release, named from the data folder: what makes it seen comes last.

    Raises SharingError for a name that nobody would have written.
    """
    names = [_data_name(name) for name in sums]
    for name in names:
        if not _SEALED.fullmatch(name):
            raise SharingError(f"校验清单里的文件名“{name}”不对，没有取")
    return sorted(names, key=lambda name: (name.startswith(_ROWS), "/_delta_log/" in name, name))


def _data_name(lake_name: str) -> str:
    """A name inside the lake as one inside the data folder."""
    return lake_name[3:] if lake_name.startswith("../") else f"lake/{lake_name}"


def _lake_name(data_name: str) -> str:
    """A name inside the data folder as sums have it."""
    folder, _, rest = data_name.partition("/")
    return rest if folder == "lake" else f"../{data_name}"


def _number(release_id: str) -> int:
    return int(release_id[1:])


def _newest(release_ids: Iterable[str]) -> str:
    return max(release_ids, key=_number)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what stores, disks and sums raise into a SharingError."""
    try:
        yield
    except Timeout as error:
        raise SharingError(f"{what}：另一个程序正在写这个数据文件夹，请稍后再试") from error
    except (ObjectStoreError, DamagedError) as error:
        raise SharingError(f"{what}：{error}") from error
    except OSError as error:
        raise SharingError(f"{what}：磁盘读写出错（{trouble(error)}）") from error
