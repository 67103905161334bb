"""SHA-256 of files as text, in the form `sha256sum -c` reads; a last line guards the others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from lib.store.errors import DamagedError

_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>.+)")
_GUARD = "# sha256 of the lines above: "


def file_sum(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums_under(folder: Path, pattern: str) -> dict[str, str]:
    """File (relative to the folder) > SHA-256, of those a pattern finds. Raises OSError."""
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): file_sum(path) for path in found}


def to_text(sums: Mapping[str, str]) -> bytes:
    """File name > SHA-256, a line each in the order of the names. Raises ValueError for a name of two lines."""
    if any("\n" in name or "\r" in name for name in sums):
        raise ValueError("a file's name holds a line break")
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
    return lines + f"{_GUARD}{hashlib.sha256(lines).hexdigest()}\n".encode()


def from_text(content: bytes) -> dict[str, str]:
    """What `to_text` wrote. Raises DamagedError where it is no longer that."""
    lines, _, guard = content.rpartition(_GUARD.encode())
    if guard != f"{hashlib.sha256(lines).hexdigest()}\n".encode():
        raise DamagedError("校验清单已损坏")
    found = [_LINE.fullmatch(line) for line in lines.decode().splitlines()]
    return {line["name"]: line["sum"] for line in found if line}
