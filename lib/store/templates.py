"""An office's own versions of the bulletin's templates: small text files under `<data>/templates`.

What may stand in them is not known here; the bulletin checks it before it is kept and when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lib.disk_errors import trouble
from lib.store.durable import TEMPORARY, make_folder, put_bytes

_LOCK_SECONDS = 10
LONGEST = 200_000  # bytes


class WordingNotKeptError(ValueError):
    """A template that cannot be kept; the message is a Chinese sentence for people."""


class OwnWording:
    """The office's versions under one folder; only the `names` given are ever read or written."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self.folder = folder
        self.names = names

    def get(self, name: str) -> str | None:
        """The office's version, None where there is none. Bytes that are no UTF-8 become �."""
        try:
            with self._path(name).open("rb") as file:
                return file.read(LONGEST).decode("utf-8-sig", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def save(self, name: str, text: str) -> None:
        """Keep a version, whole or not at all. Raises WordingNotKeptError."""
        content = text.encode()
        if len(content) > LONGEST:
            raise WordingNotKeptError(f"模板太长，最多{LONGEST // 1000}千字节")
        with self._writing():
            put_bytes(self._path(name), content)

    def reset(self, name: str) -> None:
        """Go back to the shipped wording; where there is no version this is no error.

        Raises WordingNotKeptError.
        """
        with self._writing():
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if name not in self.names:
            raise WordingNotKeptError(f"没有叫“{name}”的模板")
        return self.folder / name

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            make_folder(self.folder)
            with FileLock(self.folder / ".lock", timeout=_LOCK_SECONDS):
                for stray in self.folder.glob(f"{TEMPORARY}*"):  # of a crashed save
                    stray.unlink()
                yield
        except Timeout as error:
            raise WordingNotKeptError("另一处正在保存模板，请稍后再试") from error
        except OSError as error:
            raise WordingNotKeptError(
                f"模板没有存下来：磁盘读写出错（{trouble(error)}）"
            ) from error
