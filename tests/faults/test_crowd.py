"""Eight writers, three of them killed, and four readers at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.crowd import KILLED, READERS, WRITERS
from tests.faults.driver import ROOT


def crowd(folder: Path, lake: str, seconds: float) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-m", "tests.faults.crowd", str(folder), lake, str(seconds)],
        cwd=ROOT, env={**os.environ, "TOKIO_WORKER_THREADS": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)  # type: ignore[no-any-return]


@pytest.mark.case(68)
@pytest.mark.parametrize(
    "seconds", [5, pytest.param(120, marks=[pytest.mark.soak, pytest.mark.timeout(900)])]
)
def test_writers_and_readers_at_once_lose_nothing_and_see_nothing_half_done(
    tmp_path: Path, seconds: int, record_property: Callable[[str, object], None]
) -> None:
    seen = crowd(tmp_path, "Whole", seconds)
    record_property("fault runs", KILLED)
    record_property("verified reads", seen["reads"])
    assert seen["problems"] == []
    assert seen["codes"] == [0] * (WRITERS - KILLED + READERS)
    assert seen["releases"] >= 10
    assert seen["reads"] >= 10


@pytest.mark.broken(68)
def test_writers_without_a_lock_are_found_out(tmp_path: Path) -> None:
    seen = crowd(tmp_path, "Unlocked", 3)
    assert seen["problems"] or any(seen["codes"])
