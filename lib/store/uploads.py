"""Originals, kept for good: `<data>/uploads/<first two>/<sha256>`, named by their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lib.store.durable import make_folder, put_bytes
from lib.store.errors import DamagedError, told


class Uploads:
    """The kept originals under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the file of that SHA-256 is or would be."""
        return self.folder / digest[:2] / digest

    def keep(self, content: bytes) -> str:
        """Keep a file; its SHA-256. The same content again changes nothing. Raises PublishError."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        with told():
            if not path.is_file() or path.read_bytes() != content:
                make_folder(path.parent)
                put_bytes(path, content)
        return digest

    def read(self, digest: str) -> bytes | None:
        """The file of that SHA-256, None where it was not kept. Raises DamagedError."""
        path = self.path(digest)
        if not path.is_file():
            return None
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedError(f"留存的原件 {digest[:12]} 已损坏，与上传时不同，请从备份恢复")
        return content
