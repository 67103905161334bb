"""The size and time of files: as long as they stay, what was found in the files holds."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

Stamp = tuple[tuple[int, int], ...]


def size_and_time(path: Path) -> tuple[int, int]:
    """A file's bytes and nanoseconds since 1970; (-1, -1) where it is not there."""
    try:
        held = os.stat(path)
    except OSError:
        return -1, -1
    return held.st_size, held.st_mtime_ns


def stamp(paths: Iterable[Path]) -> Stamp:
    """`size_and_time` of every file."""
    return tuple(map(size_and_time, paths))
