"""`python -m lib demo-cases`: a folder that `drop` takes; refused, or stopped, nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lib.store.lake import Lake

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"TONGBAO_DATA": str(tmp_path / "data"), "TONGBAO_DEMO": "1"}


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "lib", *map(str, words)]


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_what_is_invented_can_be_dropped(
    tmp_path: Path, environment: dict[str, str], kind: str
) -> None:
    out = tmp_path / "drop"
    for words in (
        ("demo-cases", "--rows", "500", "--out", out, "--format", kind),
        ("drop", out, "--by", "测试岗"),
    ):
        subprocess.run(command(*words), cwd=ROOT, env=environment, check=True, capture_output=True)
    lake = Lake(tmp_path / "data" / "lake")
    release = lake.releases()[0]
    assert release.rows["cases"] == 500
    assert set(release.synthetic_parts) == {"cases/2021H2", "cases/2022H1"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--period", "上半年"], "“上半年”不是期次"),
        (["--period", "2022H1", "--period", "2022H1"], "不止一次"),
        (["--out", "."], "已有文件"),
        (["--out", "README.md"], "“README.md”不是文件夹"),
        (["--out", "README.md/drop"], "写不了“README.md/drop”：上级不是文件夹"),
        (["--rows", "1"], "1件不够2个期次平分"),
    ],
)
def test_what_is_asked_wrong_is_said(
    tmp_path: Path, environment: dict[str, str], words: list[str], said: str
) -> None:
    out = [] if "--out" in words else ["--out", tmp_path / "drop"]
    found = subprocess.run(
        command("demo-cases", "--rows", "10", *out, *words), cwd=ROOT, env=environment,
        text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert found.returncode == 2
    assert said in found.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_nothing(
    tmp_path: Path, environment: dict[str, str], how: signal.Signals
) -> None:
    running = subprocess.Popen(
        command("demo-cases", "--rows", "50000000", "--out", tmp_path / "drop"),
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    deadline = time.monotonic() + 180
    while not list(tmp_path.glob("drop/.*.parquet")):
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.02)
    running.send_signal(how)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130, (out, err)
    assert "已取消，没有留下文件" in err
    assert list(tmp_path.iterdir()) == []
