"""An object store as a flat set of named files: S3 and what speaks like it, or a folder (`file://`).

Addresses are those of `pyarrow.fs`: `s3://bucket/prefix?endpoint_override=host:port&scheme=http`.
Keys come from the environment (`AWS_ACCESS_KEY_ID` …), as for every program that speaks S3.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pyarrow as pa
from pyarrow import fs

from lib.disk_errors import trouble

_CHUNK = 8 << 20  # bytes
_UNFINISHED = ".unfinished"
# Without keys, which would be shown; those of `file` begin with a third slash.
_ADDRESS = re.compile(
    r"(?P<place>(?:[a-z0-9]+://[^/?#@\s]+|file:///[^/?#@\s]+)[^?#@\s]*)(?:\?[^@\s]*)?"
)
_LIKE = "应像 s3://桶/文件夹 或 file:///文件夹，密钥放在环境变量里"


class ObjectStoreError(ValueError):
    """A store that cannot be used; the message is a Chinese sentence without its full stop."""


class ObjectStore:
    """The files under one address. Every method raises ObjectStoreError where the store does not answer.

    shown: the address without its options, for people
    """

    def __init__(self, address: str) -> None:
        """Nothing is asked of the store yet. Raises ObjectStoreError for an address that is none."""
        found = _ADDRESS.fullmatch(address)
        if not found:
            raise ObjectStoreError(f"用不了这个地址，{_LIKE}")
        self.shown = found["place"]
        self._address = address
        # Stores that speak like S3 do not all know the sums its library adds; ours are in every release.
        os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")

    @cached_property
    def _found(self) -> tuple[fs.FileSystem, str]:
        """The store and the folder in it; where the region is not told, it is asked for it."""
        try:
            system, root = fs.FileSystem.from_uri(self._address)
        except (ValueError, TypeError) as error:
            raise ObjectStoreError(f"用不了地址“{self.shown}”，{_LIKE}") from error
        return system, root.rstrip("/")

    def sizes(self) -> Mapping[str, int]:
        """Name > bytes of every file."""
        with self._told():
            system, root = self._found
            found = system.get_file_info(
                fs.FileSelector(root, recursive=True, allow_not_found=True)
            )
        start = len(root) + 1
        return {info.path[start:]: info.size for info in found if info.type is fs.FileType.File}

    def read(self, name: str) -> bytes:
        """A small file as it is."""
        with self._told(name), self._opened(name) as stream:
            return bytes(stream.read())

    def get(self, name: str, path: Path) -> None:
        """Copy a file to this machine; `path` is left half written where that fails."""
        with self._told(name), self._opened(name) as stream, path.open("wb") as file:
            shutil.copyfileobj(stream, file, _CHUNK)

    def put(self, path: Path, name: str) -> None:
        """Copy a file of this machine into the store, in place of one of that name."""
        with self._told():
            system, root = self._found
            target = f"{root}/{name}"
            # Elsewhere there are no folders, and a file is there once it is whole.
            if system.type_name == "local":
                system.create_dir(target.rpartition("/")[0])
                _copy(path, system, f"{target}{_UNFINISHED}")
                system.move(f"{target}{_UNFINISHED}", target)
            else:
                _copy(path, system, target)

    def _opened(self, name: str) -> pa.NativeFile:
        system, root = self._found
        return system.open_input_stream(f"{root}/{name}")

    @contextmanager
    def _told(self, name: str = "") -> Iterator[None]:
        """Turn what a store raises into an ObjectStoreError; `name`: of the file that is read."""
        try:
            yield
        except FileNotFoundError as error:
            raise ObjectStoreError(f"“{self.shown}”里没有 {name}") from error
        except (OSError, pa.ArrowException) as error:
            if isinstance(error, OSError) and error.errno:
                raise ObjectStoreError(f"磁盘读写出错（{trouble(error)}）") from error
            raise ObjectStoreError(
                f"“{self.shown}”读写不了，请检查网络、地址和密钥（{_detail(error)}）"
            ) from error


def _copy(path: Path, system: fs.FileSystem, target: str) -> None:
    with path.open("rb") as file, system.open_output_stream(target) as stream:
        shutil.copyfileobj(file, stream, _CHUNK)


def _detail(error: BaseException) -> str:
    """What a library says, for who looks after the server: its first words."""
    return f"{type(error).__name__} {' '.join(str(error).split())[:160]}".strip()
