"""The whole data folder as one file or folder, and back.

A backup holds every file of the data folder, and `SHA256SUMS` with the hash of each, in the form
`sha256sum -c` reads. It appears under its name whole, or not at all; so does what is restored.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from lib.clock import CHINA
from lib.disk_errors import trouble
from lib.store.copies import NAME as COPY
from lib.store.copies import copied, mark
from lib.store.durable import TEMPORARY, make_folder, put_bytes, sync, temporary
from lib.store.errors import DamagedError
from lib.store.integrity import Damage, all_damage
from lib.store.lake import Lake
from lib.store.release import Release
from lib.store.sums import file_sum, from_text, to_text

MANIFEST = "SHA256SUMS"
_AUDIT, _SIGN_INS, _PEOPLE = "audit", "access", "people.toml"  # beside the lake
_NOTICES, _SECRETS = "notices", "secrets.toml"
_LOCK_SECONDS = 60


class BackupError(ValueError):
    """A backup that was not made or not restored; the message is a Chinese sentence for people."""


@dataclass(frozen=True)
class Outcome:
    """What was written: where, how many files and bytes, the newest whole release in it, its damage.

    aside: where what was there before has been moved, None where there was nothing
    """

    path: Path
    files: int
    size: int
    release: str
    damage: tuple[Damage, ...]
    aside: Path | None = None


def back_up(data: Path, target: Path) -> Outcome:
    """Copy a data folder into a new folder, or a `.tar` file; publishing waits meanwhile.

    What is damaged is copied as it is, and told. Raises BackupError.
    """
    target = target.absolute()
    if target.exists():
        raise BackupError(f"“{target}”已经存在，没有覆盖，请换一个名字")
    if target.is_relative_to(data):
        raise BackupError(f"备份不能放在数据文件夹“{data}”里，请换一个地方")
    lake = Lake(data / "lake")
    if not lake.releases() and not lake.lost():
        raise BackupError(f"“{data}”里还没有任何数据版本，没有可备份的")
    with _told("备份没有做成"), _alone(lake.path), _alone(data / _AUDIT):
        damage = tuple(all_damage(lake))
        live = lake.live()
        make_folder(target.parent)
        unfinished = temporary(target.parent)
        try:
            write = _write_tar if target.suffix == ".tar" else _write_folder
            files, size = write(data, unfinished)
            unfinished.rename(target)
            sync(target.parent)
        except BaseException:
            _remove(unfinished)
            raise
    return Outcome(target, files, size, live.id if live else "", damage)


def restore(backup: Path, data: Path, *, replace: bool = False) -> Outcome:
    """Make a data folder of a backup: every file checked against the manifest, then the lake.

    replace: a folder that holds something is moved aside, never deleted; without it, refused
    Raises BackupError; nothing has changed then.
    """
    if not backup.exists():
        raise BackupError(f"没有备份“{backup}”")
    held = data.is_dir() and any(data.iterdir())
    if data.exists() and not data.is_dir():
        raise BackupError(f"“{data}”不是文件夹，请换一个地方")
    if held and not replace:
        raise BackupError(
            f"“{data}”里已有内容，没有覆盖；确要替换请加 --replace，原来的会移到旁边保留"
        )
    with _told("没有恢复"):
        make_folder(data.parent)
        unfinished = temporary(data.parent)
        try:
            unpack = _unpack_tar if backup.is_file() else _unpack_folder
            size = unpack(backup, unfinished)
            names = _check(unfinished)
            (unfinished / MANIFEST).unlink()
            restored = Lake(unfinished / "lake")
            live = _whole(restored)
            damage = tuple(all_damage(restored))
            _bring_shipped(data, unfinished)
            with _alone(data / _AUDIT):  # no line of it falls between the folders
                if held:
                    _carry_over(data, unfinished)
                _sync_folders(unfinished)
                aside = _put_in_place(unfinished, data, held)
        except BaseException:
            _remove(unfinished)
            raise
    return Outcome(data, len(names), size, live.id, damage, aside)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what disks and archives raise into a BackupError."""
    try:
        yield
    except Timeout as error:
        raise BackupError(f"{what}：另一次发布还没有结束，请稍后再试") from error
    except tarfile.TarError as error:
        raise BackupError(f"{what}：备份文件不完整或已损坏，请换一份备份") from error
    except DamagedError as error:
        raise BackupError(f"{what}：备份的{error}，请换一份备份") from error
    except OSError as error:
        raise BackupError(f"{what}：磁盘读写出错（{trouble(error)}）") from error


def _alone(folder: Path) -> AbstractContextManager[object]:
    """The lock of the lake or the audit log, so that nothing is written; none where nobody can anyway."""
    writable = folder.is_dir() and os.access(folder, os.W_OK)
    return FileLock(folder / ".lock", timeout=_LOCK_SECONDS) if writable else nullcontext()


def _kept(folder: Path) -> Iterator[Path]:
    """Every file worth keeping, in the order of the names; folders elsewhere are followed."""
    for root, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(TEMPORARY))
        for name in sorted(files):
            path = Path(root, name)
            if name != ".lock" and not name.startswith(TEMPORARY) and path.is_file():
                yield path


def _data_files(data: Path) -> Iterator[tuple[str, Path]]:
    """Name inside and path of every file to back up; a manifest that lies there is of another backup.

    Sign-ins are not kept: one that has ended would hold again. Nor are the secrets of signing in.
    """
    for path in _kept(data):
        name = path.relative_to(data).as_posix()
        if name.startswith(f"{_SIGN_INS}/") or name == _SECRETS:
            continue
        if "\n" in name or "\r" in name:
            raise BackupError(f"文件名 {name!r} 里有换行，备份没有做成；请改名后再备份")
        if name != MANIFEST:
            yield name, path


def _write_folder(data: Path, target: Path) -> tuple[int, int]:
    """Copy into a new folder, with the manifest; files and bytes."""
    sums: dict[str, str] = {}
    size = 0
    for name, path in _data_files(data):
        copy = target / name
        if _copied(path, copy):
            sums[name], size = file_sum(copy), size + copy.stat().st_size
    put_bytes(target / MANIFEST, to_text(sums))
    _sync_folders(target)
    return len(sums), size


def _write_tar(data: Path, target: Path) -> tuple[int, int]:
    """Copy into a new file, the manifest last; files and bytes."""
    sums: dict[str, str] = {}
    made = temporary(target.parent)
    try:
        for path in (target, made):
            path.touch(0o600)  # for nobody else to read, people and cases are in it
        with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar:
            for name, path in _data_files(data):
                # A copy first: what is hashed is what is packed, whatever is added meanwhile.
                if _copied(path, made):
                    sums[name] = file_sum(made)
                    tar.add(made, name)
            made.write_bytes(to_text(sums))
            tar.add(made, MANIFEST)
    finally:
        made.unlink(missing_ok=True)
    sync(target)
    return len(sums), target.stat().st_size


def _copied(path: Path, copy: Path) -> bool:
    """Copy a file durably; whether it was there: a rehearsal may have been deleted since it was listed."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, copy)
    except FileNotFoundError:
        return False
    sync(copy)
    return True


def _unpack_folder(backup: Path, target: Path) -> int:
    size = 0
    for path in _kept(backup):
        _copied(path, target / path.relative_to(backup))
        size += path.stat().st_size
    return size


def _unpack_tar(backup: Path, target: Path) -> int:
    with tarfile.open(backup, "r:") as tar:
        for member in tar:
            inside = PurePosixPath(member.name)
            if not member.isreg() or inside.is_absolute() or ".." in inside.parts:
                raise BackupError(f"备份里的“{member.name}”不是备份写的，没有恢复")
            tar.extract(member, target, set_attrs=False, filter="data")
            sync(target / inside)
    return backup.stat().st_size


def _check(folder: Path) -> dict[str, str]:
    """What the manifest lists; exactly that is there, and as listed. Raises BackupError, DamagedError."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise BackupError(f"备份里没有清单 {MANIFEST}，不是完整的备份，没有恢复")
    listed = from_text(manifest.read_bytes())
    there = {path.relative_to(folder).as_posix() for path in _kept(folder)} - {MANIFEST}
    wrong = [
        *(f"{name} 不在了" for name in sorted(set(listed) - there)),
        *(f"{name} 不在清单里" for name in sorted(there - set(listed))),
        *(
            f"{name} 内容变了"
            for name in sorted(there & set(listed))
            if file_sum(folder / name) != listed[name]
        ),
    ]
    if wrong:
        more = f"等{len(wrong)}处" if len(wrong) > 1 else ""
        raise BackupError(f"备份已损坏：{wrong[0]}{more}，没有恢复；请换一份备份")
    return listed


def _whole(restored: Lake) -> Release:
    """The newest whole release of a backup. Raises BackupError where there is none."""
    live = restored.live()
    if live is None:
        raise BackupError("备份里没有一个完好的版本，没有恢复；请换一份备份")
    return live


def _bring_shipped(data: Path, made: Path) -> None:
    """The shipped figures stay where they are a part of the folder and not of the backup."""
    shipped, here = data / "bulletins", made / "bulletins"
    if shipped.is_dir() and not here.exists():
        shutil.copytree(shipped, here)


def _carry_over(data: Path, made: Path) -> None:
    """What a restore must not set back: the audit log, sign-ins, who has which role and who was told what, nor the secrets."""
    for name in (_AUDIT, _SIGN_INS, _PEOPLE, _NOTICES, _SECRETS):
        now, then = data / name, made / name
        if now.is_dir():
            shutil.rmtree(then, ignore_errors=True)
            shutil.copytree(now, then)
        elif now.is_file():
            shutil.copy(now, then)
    # Whether a lake follows another one is so now, whatever it was then; it has not what came since.
    (made / "lake" / COPY).unlink(missing_ok=True)
    if copy := copied(data / "lake"):
        mark(made / "lake", copy.source)


def _put_in_place(made: Path, data: Path, held: bool) -> Path | None:
    """Give a restored folder its name; where what was there has been moved."""
    aside = None
    with _alone(data / "lake"):
        if held:
            now = dt.datetime.now(CHINA)
            aside = data.with_name(f"{data.name}.replaced-{now:%Y%m%d-%H%M%S}")
            data.rename(aside)
        elif data.exists():
            data.rmdir()
        try:
            made.rename(data)
        except OSError:
            if aside:
                aside.rename(data)
            raise
    sync(data.parent)
    return aside


def _sync_folders(folder: Path) -> None:
    for root, _, _ in os.walk(folder):
        sync(Path(root))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
