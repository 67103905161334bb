"""Writing so that a crash leaves the old or the new: temporary name, fsync, rename, fsync."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

TEMPORARY = ".tmp-"


def temporary(folder: Path) -> Path:
    """A name in the folder that nobody reads and that a repair removes."""
    return folder / f"{TEMPORARY}{uuid4().hex}"


def beside(unfinished: Path) -> Path:
    """The lock that who works in a temporary folder for long holds."""
    return unfinished.with_name(f"{unfinished.name}.lock")


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk. Raises OSError.

    Windows opens no folder, keeps its names itself, and flushes only what may be written to.
    """
    windows = os.name == "nt"
    if windows and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make a folder and what is missing above it, each durable in its parent."""
    missing = [path, *path.parents]
    missing = missing[: next(i for i, folder in enumerate(missing) if folder.is_dir())]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def put_file(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` fill a temporary file, then give it its name, durably. The folder exists."""
    unfinished = temporary(path.parent)
    write(unfinished)
    sync(unfinished)
    unfinished.replace(path)
    sync(path.parent)


def put_bytes(path: Path, content: bytes) -> None:
    """Write bytes under a name, whole or not at all."""
    put_file(path, lambda unfinished: _write(unfinished, content))


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
