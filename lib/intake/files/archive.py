"""What a zip-packed document is made of, looked at without unpacking any of it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile


@dataclass(frozen=True)
class Packed:
    """A kind of packed document: what people call it, and what to do where it is unfit or too large."""

    name: str
    save_as: str
    smaller: str


def part_names(content: bytes, limits: Limits, kind: Packed) -> frozenset[str]:
    """The names of the parts. Raises RefusedFile where it is damaged, locked, unsafe or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise RefusedFile("FILE_DAMAGED", f"{kind.name}已损坏，打不开", kind.save_as) from error
    _check_sizes(parts, limits, kind)
    names = frozenset(part.filename for part in parts)
    if any(_escapes(name) for name in names):
        raise RefusedFile("FILE_DAMAGED", f"{kind.name}里有不安全的部件名", kind.save_as)
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFile("FILE_TYPE", f"{kind.name}加了密码，打不开", "请取消密码后再传")
    return names


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1024 / 1024:.1f} MB"


def _check_sizes(parts: list[zipfile.ZipInfo], limits: Limits, kind: Packed) -> None:
    if len(parts) > limits.zip_entries:
        message = f"{kind.name}里有{len(parts)}个部件，上限{limits.zip_entries}个"
        raise RefusedFile("FILE_SIZE", message, kind.save_as)
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if unpacked > limits.unpacked_bytes or unpacked > packed * limits.ratio:
        raise RefusedFile(
            "FILE_SIZE",
            f"{kind.name}解压后有{megabytes(unpacked)}（压缩比{unpacked // packed}倍），"
            f"上限{megabytes(limits.unpacked_bytes)}、{limits.ratio}倍",
            kind.smaller,
        )


def _escapes(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name
