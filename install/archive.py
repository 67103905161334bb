"""Archives that are the same bytes whenever and wherever the same files are packed."""

from __future__ import annotations

import gzip
import shutil
import tarfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Files = Mapping[str, bytes | Path]  # path in the archive > its content, or where that is


@dataclass(frozen=True)
class Stamp:
    """The time every file of an archive has: that of the commit, in seconds since 1970."""

    seconds: int

    @property
    def date(self) -> tuple[int, int, int, int, int, int]:
        """As a zip file says it, to two seconds, from 1980 on."""
        return time.gmtime(max(self.seconds, 315_532_800))[:6]


def sums(files: Files) -> bytes:
    """SHA-256 of every file, as `sha256sum -c` reads them."""
    made = (f"{_sum(content)}  {name}\n" for name, content in sorted(files.items()))
    return "".join(made).encode()


def file_sum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _sum(content: bytes | Path) -> str:
    return sha256(content).hexdigest() if isinstance(content, bytes) else file_sum(content)


def _opened(content: bytes | Path) -> BinaryIO:
    return BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _mode(name: str) -> int:
    return 0o755 if name.endswith(".sh") else 0o644


def _folders(files: Files) -> dict[str, None]:
    return {str(above): None for name in files for above in PurePosixPath(name).parents[:-1]}


def write_tar(path: Path, files: Files, stamp: Stamp) -> None:
    """A `.tar.gz` of the files."""
    with (
        path.open("wb") as out,
        gzip.GzipFile("", "wb", fileobj=out, mtime=stamp.seconds) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, content in sorted({**_folders(files), **files}.items()):
            info = tarfile.TarInfo(name)
            if content is None:  # whatever the umask of who unpacks it
                info.type, info.mode, info.mtime = tarfile.DIRTYPE, 0o755, stamp.seconds
                archive.addfile(info)
                continue
            info.mode, info.mtime = _mode(name), stamp.seconds
            info.size = len(content) if isinstance(content, bytes) else content.stat().st_size
            with _opened(content) as source:
                archive.addfile(info, source)


def write_zip(path: Path, files: Files, stamp: Stamp) -> None:
    """A `.zip` of the files; wheels are packed already."""
    with ZipFile(path, "w") as archive:
        for name, content in sorted(files.items()):
            info = ZipInfo(name, stamp.date)
            info.compress_type = ZIP_STORED if name.endswith(".whl") else ZIP_DEFLATED
            info.create_system, info.external_attr = 3, _mode(name) << 16
            with _opened(content) as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target)
