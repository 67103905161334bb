"""A disk that is full, read-only, or lets no file grow; refused, the old figures live, and on it goes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.faults.driver import ROOT, Worker

ALONE = ["unshare", "--map-root-user", "--mount"]


@cache
def no_mounts() -> str:
    """Why no disk of our own can be mounted here, "" where one can."""
    tried = subprocess.run(
        [*ALONE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
    )
    return "" if tried.returncode == 0 else "mounting is not permitted here"


def on_a_small_disk(folder: Path, lake: str) -> dict[str, Any]:
    made = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.faults.small_disk", str(folder), lake],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)  # type: ignore[no-any-return]


@pytest.mark.skipif(bool(no_mounts()), reason=no_mounts())
@pytest.mark.case(67)
def test_a_full_and_a_read_only_disk_refuse_and_lose_nothing(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seen = on_a_small_disk(tmp_path, "Whole")
    assert seen["problems"] == []
    *full, locked = seen["refused"]
    assert len(full) == 6
    record_property("fault runs", len(seen["refused"]))
    assert all(said.startswith("没有确认写完：") for said in full)
    assert any("磁盘空间不足，请先腾出空间" in said for said in full)
    assert locked.startswith("没有确认写完：磁盘读写出错")


@pytest.mark.skipif(bool(no_mounts()), reason=no_mounts())
@pytest.mark.broken(67)
def test_a_publish_that_takes_failure_for_success_is_found_out(tmp_path: Path) -> None:
    assert any("was published" in line for line in on_a_small_disk(tmp_path, "SaysYes")["problems"])


@pytest.mark.case(67)
def test_a_file_that_may_not_grow_is_refused_at_any_size(
    worker: Worker, record_property: Callable[[str, object], None]
) -> None:
    answers = [worker.run(limit=limit) for limit in range(0, 12_000, 1_000)]
    assert {a["limit"]: a["problems"] for a in answers if a["problems"]} == {}
    codes = [answer["code"] for answer in answers]
    assert codes[0] == 3
    assert codes[-1] == 0
    assert codes.count(3) >= 3
    record_property("fault runs", len(codes))
