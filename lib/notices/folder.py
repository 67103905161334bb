"""The records on disk: `data/notices/<rule>~<subject>~<period>.json`, one notice a file.

Two locks: `.lock` is held for as long as records are read, changed and written; `delivering/.lock` for as
long as somebody delivers, so that of two processes only one does, and the other finds it done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from lib.logs import log
from lib.notices.record import Record, from_json, to_json
from lib.settings import data_dir
from lib.store.durable import TEMPORARY, make_folder, put_bytes

_KEY = re.compile(r"[A-Za-z0-9_]+~[A-Za-z0-9_]+~[A-Za-z0-9]+")
_LOCK_SECONDS = 10
_DELIVERY_SECONDS = 120


class BusyError(Exception):
    """Another process has held the records, or has been delivering, for too long."""


class Folder:
    """The notices of one data folder. Reading makes nothing; the first change makes the folder.

    patience: seconds to wait for somebody else who is delivering
    """

    def __init__(self, path: Path, patience: float | None = None) -> None:
        self.path = path
        self._patience = _DELIVERY_SECONDS if patience is None else patience

    def all(self, *, anew: bool = True) -> list[Record]:
        """Every record, the oldest first. Raises OSError where the disk does not give one.

        anew: where not, for those who only look, a file is read again once it is another
        """
        read = _read if anew else _remembered
        found = [record for path in self.path.glob("*~*~*.json") if (record := read(path))]
        return sorted(found, key=lambda record: (record.since, record.key))

    def change(self, make: Callable[[list[Record]], list[Record]]) -> list[Record]:
        """Write the records that `make` gives for all there are; those. Raises BusyError, OSError."""
        with self._alone(self.path, _LOCK_SECONDS):
            for left in self.path.glob(f"{TEMPORARY}*"):  # by a write that was cut off
                left.unlink(missing_ok=True)
            changed = make(self.all())
            for record in changed:
                self._put(record)
        return changed

    def update(self, key: str, change: Callable[[Record], Record]) -> Record | None:
        """One record changed as it is on the disk by now; None where there is none.

        Raises BusyError, OSError.
        """
        with self._alone(self.path, _LOCK_SECONDS):
            record = _read(self._path(key))
            if record is None:
                return None
            after = change(record)
            if after != record:
                self._put(after)
        return after

    @contextmanager
    def delivering(self) -> Iterator[None]:
        """Hold the right to deliver; whoever has it is waited for. Raises BusyError, OSError."""
        with self._alone(self.path / "delivering", self._patience):
            yield

    @contextmanager
    def _alone(self, folder: Path, seconds: float) -> Iterator[None]:
        make_folder(folder)
        try:
            lock = FileLock(folder / ".lock", timeout=seconds)
            lock.acquire()
        except Timeout as error:
            raise BusyError("提醒正由另一个程序处理，请稍后再试") from error
        try:
            yield
        finally:
            lock.release()

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise KeyError(key)
        return self.path / f"{key}.json"

    def _put(self, record: Record) -> None:
        put_bytes(self._path(record.key), to_json(record))


def _read(path: Path) -> Record | None:
    """A record as it is on the disk; one whose content is spoiled is logged, and begins anew.

    Raises OSError where the disk does not give it: it must not begin anew for that.
    """
    try:
        record = from_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.error("damaged", said=f"提醒 {path.stem} 的记录读不出来", why=type(error).__name__)
        return None
    return record if record.key == path.stem else None


def _remembered(path: Path) -> Record | None:
    try:
        held = path.stat()
    except FileNotFoundError:
        return None
    return _as_of(path, (held.st_ino, held.st_size, held.st_mtime_ns))


@lru_cache(maxsize=4096)
def _as_of(path: Path, _stamp: tuple[int, int, int]) -> Record | None:
    return _read(path)


def notice_folder(patience: float | None = None) -> Folder:
    """The notices of this installation; `patience` as in Folder."""
    return Folder(data_dir() / "notices", patience)
