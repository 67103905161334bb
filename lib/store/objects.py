"""An object store as a flat set of named files: S3 and what speaks like it, or a folder (`file://`).

Addresses are those of `pyarrow.fs`: `s3://bucket/prefix?endpoint_override=host:port&scheme=http`.
Keys come from the environment (`AWS_ACCESS_KEY_ID` …), as for every program that speaks S3.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import fs

from lib.disk_errors import trouble

_CHUNK = 8 << 20  # bytes


class ObjectStoreError(ValueError):
    """A store that cannot be used; the message is a Chinese sentence without its full stop."""


class ObjectStore:
    """The files under one address. Every method raises ObjectStoreError where the store does not answer.

    shown: the address without keys and options, for people
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        # Stores that speak like S3 do not all know the sums its library adds; ours are in every release.
        os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
        try:
            self._system, root = fs.FileSystem.from_uri(address)
        except (ValueError, TypeError, OSError) as error:
            raise _unfit(self.shown, f"（{_detail(error)}）") from error
        self._root = root.rstrip("/")
        if not self._root:
            raise _unfit(self.shown)

    def sizes(self) -> Mapping[str, int]:
        """Name > bytes of every file."""
        under = fs.FileSelector(self._root, recursive=True, allow_not_found=True)
        with self._told():
            found = self._system.get_file_info(under)
        start = len(self._root) + 1
        return {info.path[start:]: info.size for info in found if info.type is fs.FileType.File}

    def read(self, name: str) -> bytes:
        """A small file as it is."""
        with self._told(), self._system.open_input_stream(self._path(name)) as stream:
            return bytes(stream.read())

    def get(self, name: str, path: Path) -> None:
        """Copy a file to this machine; `path` is left half written where that fails."""
        with (
            self._told(),
            self._system.open_input_stream(self._path(name)) as stream,
            path.open("wb") as file,
        ):
            shutil.copyfileobj(stream, file, _CHUNK)

    def put(self, path: Path, name: str) -> None:
        """Copy a file of this machine into the store, in place of one of that name."""
        target = self._path(name)
        with self._told():
            if self._system.type_name == "local":  # elsewhere there are names, and no folders
                self._system.create_dir(target.rpartition("/")[0])
            with path.open("rb") as file, self._system.open_output_stream(target) as stream:
                shutil.copyfileobj(file, stream, _CHUNK)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            if isinstance(error, OSError) and error.errno:
                raise ObjectStoreError(f"磁盘读写出错（{trouble(error)}）") from error
            raise ObjectStoreError(
                f"“{self.shown}”读写不了，请检查网络、地址和密钥（{_detail(error)}）"
            ) from error


def _unfit(shown: str, why: str = "") -> ObjectStoreError:
    return ObjectStoreError(f"用不了地址“{shown}”，应像 s3://桶/文件夹 或 file:///文件夹{why}")


def _detail(error: BaseException) -> str:
    """What a library says, for who looks after the server: its first words."""
    return f"{type(error).__name__} {' '.join(str(error).split())[:160]}".strip()
