"""A folder of small files that one writes at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lib.disk_errors import trouble
from lib.store.durable import TEMPORARY, make_folder

_LOCK_SECONDS = 10


@contextmanager
def one_writer(folder: Path, kept: str, refusal: Callable[[str], Exception]) -> Iterator[None]:
    """Hold a folder, which is made where there is none, for writing; what a crashed save left there goes.

    kept: what its files are called in a sentence
    refusal: made of such a sentence and raised where somebody else writes for long, or the disk fails
    """
    try:
        make_folder(folder)
        with FileLock(folder / ".lock", timeout=_LOCK_SECONDS):
            for stray in folder.glob(f"{TEMPORARY}*"):
                stray.unlink()
            yield
    except Timeout as busy:
        raise refusal(f"另一处正在保存{kept}，请稍后再试") from busy
    except OSError as failed:
        raise refusal(f"{kept}没有存下来：磁盘读写出错（{trouble(failed)}）") from failed
