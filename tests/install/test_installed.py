"""A bundle with all its wheels, built here, installed and lived with where there is no network."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from install.build import write_bundle
from install.targets import missing, targets
from install.wheels import lines, pins, wheels_for
from lib.settings import ROOT

LINUX, WINDOWS = targets(".".join(map(str, sys.version_info[:2])))
ALONE = ["unshare", "--map-root-user", "--net"]
NEEDS = lines(ROOT / "requirements.txt")
PINS = pins(ROOT / "constraints.txt")
KEPT = ROOT / "dist" / "wheels"  # as `make bundle` keeps them: fetched once

pytestmark = pytest.mark.soak


@cache
def no_namespace() -> str:
    """Why no network namespace of our own can be made here, "" where one can."""
    tried = subprocess.run([*ALONE, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else f"no network namespace: {tried.stderr.decode().strip()}"


def test_a_bundle_is_installed_used_upgraded_and_taken_away_without_network(tmp_path: Path) -> None:
    archive = write_bundle(LINUX, wheels_for(LINUX, NEEDS, PINS, KEPT / LINUX.label), tmp_path)
    away = [] if no_namespace() else ALONE
    done = subprocess.run(
        [*away, sys.executable, "-m", "tests.install.offline", archive, tmp_path],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["online"] is bool(no_namespace()), no_namespace()
    assert (seen["first release"], seen["published"], seen["after upgrade"]) == (
        "R0001",
        "R0002",
        "R0002",
    )
    assert "2022年上半年政务服务总览" in seen["page"]
    assert "140" in seen["page"]
    assert seen["pdf"] == [200, "%PDF-"]
    assert seen["figure"]["value"] == 34
    assert seen["refused"][0] == 2
    assert "由更新版本的程序写过（格式 99" in seen["refused"][1]
    assert (seen["programs left"], seen["data left"]) == ([], True)


def test_the_wheels_for_windows_are_all_there_and_for_it(tmp_path: Path) -> None:
    wheels = wheels_for(WINDOWS, NEEDS, PINS, KEPT / WINDOWS.label)
    assert missing(WINDOWS, NEEDS, wheels) == (set(), wheels)
    tags = {wheel.stem.rpartition("-")[2] for wheel in wheels}
    assert tags == {"any", "win_amd64"}
    assert "colorama" in {wheel.name.partition("-")[0] for wheel in wheels}
    made = write_bundle(WINDOWS, wheels, tmp_path)
    with ZipFile(made) as archive:
        assert archive.testzip() is None
        assert {f"tongbao-{made.name.split('-')[1]}/wheels/{w.name}" for w in wheels} <= set(
            archive.namelist()
        )
