"""`python -m lib drop`: published whole, refused with places, cancelled without a trace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from filelock import FileLock

from lib.cli.cases import _undone
from lib.demo.cases import file_name, write_cases
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.proposals import Proposal
from tests.caseload import case, write_rows
from tests.kept import first_release
from tests.store.rows import draft

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"TONGBAO_DATA": str(tmp_path / "data"), "TONGBAO_DEMO": "1"}


def drop(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lib", "drop", str(folder), "--by", "测试岗"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    )


def test_a_folder_is_published_once(tmp_path: Path, environment: dict[str, str]) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(n) for n in range(30)])
    first, again = (drop(tmp_path / "drop", environment) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert "新增30行" in first.stdout
    assert "R0002\t整期替换\t已发布" in first.stdout
    assert "核对 2022H1…" in first.stderr
    assert "没有新版本" in again.stdout
    lake = Lake(tmp_path / "data" / "lake")
    assert [release.id for release in lake.releases()] == ["R0002", "R0001"]
    assert lake.proposals()[0].state == "已发布"


def test_a_wrong_row_is_named_and_nothing_changes(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(1), case(2, 渠道="电话")])
    found = drop(tmp_path / "drop", environment)
    assert found.returncode == 1
    assert "[阻断 CASE_CELL] a.csv，第3行，“渠道”列：“电话”渠道不对" in found.stderr
    assert [release.id for release in Lake(tmp_path / "data" / "lake").releases()] == ["R0001"]


@pytest.mark.parametrize(
    ("folder", "more", "said"),
    [("没有", [], "没有文件夹"), (".", ["--period", "上半年"], "不是期次")],
)
def test_what_is_asked_wrong_is_said(
    tmp_path: Path, environment: dict[str, str], folder: str, more: list[str], said: str
) -> None:
    command = [sys.executable, "-m", "lib", "drop", str(tmp_path / folder), "--by", "测试岗", *more]
    found = subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    )
    assert found.returncode == 2
    assert said in found.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("others_write", [False, True])
def test_a_stop_leaves_everything_as_it_was(
    tmp_path: Path, environment: dict[str, str], how: signal.Signals, others_write: bool
) -> None:
    (tmp_path / "drop").mkdir()
    write_cases(tmp_path / "drop" / file_name(), 400_000)
    subprocess.run(
        [sys.executable, "-m", "lib", "seed"], cwd=ROOT, env=environment, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    data = tmp_path / "data"
    before = {path for path in data.rglob("*") if "audit" not in path.parts}
    with FileLock(data / "lake" / ".lock") if others_write else nullcontext():
        running = subprocess.Popen(
            [sys.executable, "-m", "lib", "drop", str(tmp_path / "drop"), "--by", "测试岗"],
            cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        deadline = time.monotonic() + 180
        while not any((data / "proposals").glob(".tmp-*/result/cases/*/part.parquet")):
            assert time.monotonic() < deadline
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(how)
        out, err = running.communicate(timeout=30)  # less than a publish waits for the lock
    assert running.returncode == 130, (out, err)
    assert "已取消，线上数据没有变化" in err
    left = {path for path in data.rglob("*") if "audit" not in path.parts} - before
    assert {path.name for path in left} <= {"proposals", ".lock"}
    assert [release.id for release in Lake(data / "lake").releases()] == ["R0001"]


def test_a_stop_after_it_was_read_says_what_became_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    lake = Lake(lake_dir())
    monkeypatch.setattr("lib.store.lake._LOCK_SECONDS", 0.1)

    def proposed(number: int) -> Proposal:
        rows = draft(("2022H1", "溧阳", number))
        return lake.propose([rows], by="测试岗", mode="merge")

    made = proposed(1)
    with FileLock(lake.path / ".lock"):
        assert _undone(made, "测试岗") == (
            f"已取消，线上数据没有变化；报送 {made.id} 没有撤销"
            "（另一次发布还没有结束，请稍后再试），请到“数据上报”页处理"
        )
    assert lake.proposal(made.id)
    assert _undone(made, "测试岗") == "已取消，线上数据没有变化"
    assert lake.proposal(made.id) is None
    made = proposed(2)
    lake.publish_proposal(made.id, by="测试岗")
    assert _undone(made, "测试岗") == "取消时已经发布为 R0002；要撤回，请回退到上一版本"
    assert [release.id for release in lake.releases()] == ["R0002", "R0001"]
