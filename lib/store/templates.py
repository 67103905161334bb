"""An office's own versions of the bulletin's templates: small text files under `<data>/templates`.

What may stand in them is not known here; the bulletin checks it before it is kept and when it is read.
"""

from __future__ import annotations

from pathlib import Path

from lib.store.durable import put_bytes
from lib.store.one_writer import one_writer

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
        with one_writer(self.folder, "模板", WordingNotKeptError):
            put_bytes(self._path(name), content)

    def reset(self, name: str) -> None:
        """Go back to the shipped wording; where there is no version this is no error.

        Raises WordingNotKeptError.
        """
        with one_writer(self.folder, "模板", WordingNotKeptError):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if name not in self.names:
            raise WordingNotKeptError(f"没有叫“{name}”的模板")
        return self.folder / name
