"""verify, backup and restore as an administrator runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.cli.command import cli
from tests.store.harm import build


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))
    return build(tmp_path / "data")


def run(*words: str | Path) -> Result:
    Lake(lake_dir()).look_anew()  # a command is a process of its own
    return CliRunner().invoke(cli, [str(word) for word in words])


def spoil(lake: Lake) -> str:
    """Damage what R0002 brought; the file's name."""
    before = set(lake.files(lake.release("R0001"))["warnings"])  # type: ignore[arg-type]
    after = set(lake.files(lake.release("R0002"))["warnings"])  # type: ignore[arg-type]
    (path,) = map(Path, after - before)
    path.write_bytes(path.read_bytes()[:-1])
    return path.relative_to(lake.path.parent).as_posix()


def test_verify_says_that_all_is_well_or_names_what_is_damaged(lake: Lake) -> None:
    well = run("verify")
    assert (well.exit_code, well.stdout) == (0, "4个版本的文件和原件都完好\n")
    name = spoil(lake)
    found = run("verify")
    assert found.exit_code == 1
    assert found.stderr == (
        f"损坏：网办预警 2022H1 的数据文件内容与发布时不同（{name}），影响R0004、R0003、R0002\n"
    )
    assert "现在显示的完好版本是 R0001" in found.stdout
    listed = json.loads(run("verify", "--json").stdout)
    assert (listed["live"], [damage["file"] for damage in listed["damage"]]) == ("R0001", [name])
    for path in lake.path.rglob("*.parquet"):
        path.unlink()
    nothing = run("verify")
    assert nothing.exit_code == 1
    assert "没有完好的版本，请用 restore 从备份恢复" in nothing.stdout


def test_backup_and_restore_say_where_how_much_and_what_is_damaged(
    lake: Lake, tmp_path: Path
) -> None:
    made = run("backup", tmp_path / "b.tar")
    assert made.exit_code == 0, made.stderr
    assert made.stdout.startswith(f"已备份到 {tmp_path}/b.tar\t")
    assert "最新的完好版本 R0004" in made.stdout
    name = spoil(lake)
    refused = run("restore", tmp_path / "b.tar")
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    spoilt = run("backup", tmp_path / "spoilt")
    assert spoilt.exit_code == 1
    assert name in spoilt.stderr
    elsewhere = run("restore", tmp_path / "spoilt", "--into", tmp_path / "else")
    assert elsewhere.exit_code == 1
    assert name in elsewhere.stderr
    back = run("restore", tmp_path / "b.tar", "--replace")
    assert back.exit_code == 0, back.stderr
    assert "原来的数据移到了 " in back.stdout
    assert run("verify").exit_code == 0


def test_other_commands_use_the_last_whole_release_and_say_so(lake: Lake) -> None:
    spoil(lake)
    facts = run("facts", "--period", "2022H1", "--csv")
    assert facts.exit_code == 0
    assert "版本 R0004 的文件损坏" in facts.stderr
    assert ",1," in facts.stdout
    for words in (("facts", "--release", "R0003"), ("diff", "R0001", "R0003")):
        refused = run(*words)
        assert refused.exit_code == 2
        assert "版本 R0003 的文件损坏" in refused.stderr
    for path in (lake.path / "warnings" / "_delta_log").glob("*.json"):
        path.unlink()
    refused = run("facts")
    assert refused.exit_code == 2
    assert "python -m lib restore" in refused.stderr
    assert len(Lake(lake.path).releases()) == 4  # nothing was seeded on top
