"""What is set wrong is said at start, in one sentence each, and nothing begins with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib.settings import allowed_hosts, wrong_settings

ROOT = Path(__file__).resolve().parent.parent


def test_what_is_set_right_is_taken(tmp_path: Path) -> None:
    sound = {
        "TONGBAO_DATA": str(tmp_path / "made" / "at first start"),
        "TONGBAO_BULLETINS": str(tmp_path),
        "TONGBAO_REVIEW": "1",
        "TONGBAO_DEMO": "0",
        "TONGBAO_HOSTS": "tb.example.gov.cn, 10.0.0.5,[fe80::1],",
        "TONGBAO_METRICS": "1",
        "TONGBAO_ENGINE": "duckdb",
        "PATH": "anything",
    }
    assert wrong_settings(sound) == []
    assert wrong_settings({}) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TONGBAO_REVIEW", "yes", "应为 1（启用）或 0（不启用），现在是“yes”"),
        ("TONGBAO_DEMO", "", "应为 1"),
        ("TONGBAO_METRICS", "true", "应为 1"),
        ("TONGBAO_DATA", "README.md", "应为一个文件夹"),
        ("TONGBAO_DATA", "README.md/data", "应为一个文件夹"),
        ("TONGBAO_DATA", "", "应为一个文件夹"),
        ("TONGBAO_BULLETINS", "no/such/folder", "应为一个已有的文件夹，现在是“no/such/folder”"),
        ("TONGBAO_HOSTS", "http://tb.example.gov.cn", "“http://tb.example.gov.cn”不是"),
        ("TONGBAO_HOSTS", "a.example, b.example:8501", "“b.example:8501”不是"),
        ("TONGBAO_HOSTS", "*", "“*”不是"),
        ("TONGBAO_ENGINE", "", "应为 duckdb 或 sc://主机:端口"),
        ("TONGBAO_ENGINE", "spark", "现在是“spark”"),
        ("TONGBAO_ENGINE", "sc://spark.example", "应为 duckdb 或"),
        ("TONGBAO_ENGINE", "sc://spark.example:65536", "应为 duckdb 或"),
        ("TONGBAO_ENGINE", "sc://spark.example:15002/;token=x", "应为 duckdb 或"),
        ("TONGBAO_REVEIW", "1", "最接近的是 TONGBAO_REVIEW"),
        ("TONGBAO_METRIC", "1", "最接近的是 TONGBAO_METRICS"),
        ("tongbao_demo", "1", "最接近的是 TONGBAO_DEMO"),
        ("TONGBAO_", "1", "没有 TONGBAO_ 这项设置"),
    ],
)
def test_what_is_set_wrong_is_said(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    [sentence] = wrong_settings({name: value})
    assert name in sentence
    assert said in sentence


def test_spark_is_taken_where_its_packages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"TONGBAO_ENGINE": "sc://[::1]:15002"}
    monkeypatch.setattr("lib.settings.find_spec", lambda name: None if name == "pyspark" else name)
    assert wrong_settings(there) == [
        "TONGBAO_ENGINE 要用 Spark，但没有安装 pyspark，请运行 pip install -r requirements-spark.txt"
    ]
    monkeypatch.setattr("lib.settings.find_spec", lambda name: name)
    assert wrong_settings(there) == []


def test_a_folder_nobody_may_write_to_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    assert "不能写入" in wrong_settings({"TONGBAO_DATA": str(tmp_path / "data")})[0]


@pytest.mark.parametrize(
    "command",
    [["-m", "streamlit", "run", "app.py", "--server.port", "0"], ["-m", "lib", "metrics"]],
    ids=["server", "command line"],
)
def test_nothing_begins_with_a_wrong_setting(command: list[str]) -> None:
    told = {"TONGBAO_REVIEW": "ja", "TONGBAO_SECRET": "hunter2"}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | told, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "设置有误，没有启动" in done.stderr
    assert "- TONGBAO_REVIEW 应为" in done.stderr
    assert "- 没有 TONGBAO_SECRET 这项设置" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "ready" not in done.stderr, "nobody was answered"


def test_this_machine_is_always_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TONGBAO_HOSTS", raising=False)
    assert {"127.0.0.1", "localhost", "[::1]"} <= allowed_hosts()
    monkeypatch.setenv("TONGBAO_HOSTS", "TB.Example.gov.cn")
    assert "tb.example.gov.cn" in allowed_hosts()
