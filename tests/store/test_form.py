"""A lake of a newer program is left alone, by whoever comes: a start, a publish, the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib.settings import ROOT
from lib.store.backup import back_up
from lib.store.errors import PublishError
from lib.store.form import FORM, too_new
from lib.store.lake import Lake
from tests.store.rows import draft

NEWER = f"由更新版本的程序写过（格式 {FORM + 1}，这个程序认到格式 {FORM}）"


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """A lake with one release."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    made = Lake(tmp_path / "lake")
    made.publish([draft(("2022H1", "education", 1))], by="张三")
    return made


def files(lake: Lake) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in lake.path.rglob("*") if p.is_file()}


def test_a_publish_says_which_form_it_wrote(lake: Lake) -> None:
    assert (lake.path / "FORM").read_text() == f"{FORM}\n"
    assert too_new(lake.path) == ""


def test_an_older_lake_without_one_is_taken_and_gets_one(lake: Lake) -> None:
    (lake.path / "FORM").unlink()
    assert too_new(lake.path) == ""
    lake.publish([draft(("2022H1", "education", 2))], by="张三")
    assert (lake.path / "FORM").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (f"{FORM + 1}\n".encode(), "由更新版本的程序写过"),
        *((said, "FORM 损坏，看不出数据的格式，请从备份恢复") for said in (b"", b"x", b"-1", b"9" * 5000, b"\xff")),
    ],
)  # fmt: skip
def test_a_newer_or_unreadable_form_is_refused_and_nothing_changes(
    lake: Lake, said: bytes, why: str
) -> None:
    (lake.path / "FORM").write_bytes(said)
    before = files(lake)
    with pytest.raises(PublishError, match=why):
        lake.publish([draft(("2022H1", "education", 2))], by="张三")
    assert files(lake) == before


def test_a_form_that_cannot_be_read_is_said(lake: Lake) -> None:
    (lake.path / "FORM").unlink()
    (lake.path / "FORM").mkdir()
    assert "里的 FORM（" in too_new(lake.path)


def test_the_command_line_says_so_too(lake: Lake) -> None:
    (lake.path / "FORM").write_text(f"{FORM + 1}\n")
    done = subprocess.run(
        [sys.executable, "-m", "lib", "releases"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert NEWER in done.stderr


def test_the_server_does_not_start_on_it(lake: Lake) -> None:
    (lake.path / "FORM").write_text(f"{FORM + 1}\n")
    done = subprocess.run(
        [sys.executable, "-c", "import app"], cwd=ROOT, env=dict(os.environ),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("没有启动：数据文件夹")
    assert NEWER in done.stderr


def test_an_older_backup_takes_its_place(lake: Lake, tmp_path: Path) -> None:
    backup = tmp_path.parent / f"{tmp_path.name}-backup.tar"
    back_up(tmp_path, backup)
    (lake.path / "FORM").write_text(f"{FORM + 1}\n")
    command = [sys.executable, "-m", "lib", "restore", str(backup), "--replace"]
    subprocess.run(command, cwd=ROOT, check=True)
    assert too_new(lake.path) == ""
    assert [release.id for release in Lake(lake.path).releases()] == ["R0001"]
