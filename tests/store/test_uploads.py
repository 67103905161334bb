"""Kept originals, by their content."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from lib.store.errors import DamagedError, PublishError
from lib.store.lake import Lake
from lib.store.uploads import Uploads
from tests.store.rows import draft

CONTENT = "期次,部门\n".encode()
DIGEST = sha256(CONTENT).hexdigest()


def test_an_original_is_kept_once_under_its_hash(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    assert uploads.keep(CONTENT) == DIGEST
    path = tmp_path / "uploads" / DIGEST[:2] / DIGEST
    written = path.stat()
    assert uploads.keep(CONTENT) == DIGEST
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert uploads.read(DIGEST) == CONTENT
    assert uploads.read("0" * 64) is None
    assert [p for p in (tmp_path / "uploads").rglob("*") if p.is_file()] == [path]


def test_a_damaged_original_is_told_and_mended_by_the_same_upload(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    uploads.path(uploads.keep(CONTENT)).write_bytes(CONTENT[:-1])
    with pytest.raises(DamagedError, match=f"{DIGEST[:12]} 已损坏"):
        uploads.read(DIGEST)
    uploads.keep(CONTENT)
    assert uploads.read(DIGEST) == CONTENT


def test_an_original_that_is_not_what_its_hash_says_is_refused(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    with pytest.raises(PublishError, match="原件与它的指纹 000000000000 不符"):
        lake.publish([draft(("2022H1", "health", 1))], by="张三", originals={"0" * 64: CONTENT})
    assert lake.releases() == []
