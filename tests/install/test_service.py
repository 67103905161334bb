"""The systemd unit: understood as a whole, tight, and in step with how the app ends."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from install.build import HERE
from lib import loading

UNIT = (HERE / "tongbao.service").read_text(encoding="utf-8")
ANALYZE = shutil.which("systemd-analyze")
assert ANALYZE, "systemd-analyze is not on this machine"
WORST = 1.7  # of 10, as `systemd-analyze security` counts exposure


def verified(folder: Path, text: str) -> str:
    """What systemd has to say about a unit whose program is there."""
    path = folder / "tongbao.service"
    program = HERE / "start.sh"
    path.write_text(text.replace("/opt/tongbao/start.sh", str(program)), encoding="utf-8")
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", path], capture_output=True, text=True, check=False
    )
    return done.stderr + done.stdout


def test_systemd_understands_every_line(tmp_path: Path) -> None:
    assert verified(tmp_path, UNIT) == ""


def test_a_line_it_does_not_know_is_found(tmp_path: Path) -> None:
    assert "ProtectSystm" in verified(tmp_path, UNIT.replace("ProtectSystem", "ProtectSystm"))


def test_it_exposes_little(tmp_path: Path) -> None:
    path = tmp_path / "tongbao.service"
    path.write_text(UNIT, encoding="utf-8")
    said = subprocess.run(
        [str(ANALYZE), "security", "--offline=true", "--no-pager", path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", said.stdout)
    assert found, said.stderr
    assert float(found[1]) <= WORST


def test_a_stop_has_more_time_than_the_app_takes_and_no_start_is_tried_in_vain() -> None:
    held = dict(re.findall(r"^(\w+)=(.*)$", UNIT, re.MULTILINE))
    assert int(held["TimeoutStopSec"]) > 3 * loading._PATIENCE
    assert held["RestartPreventExitStatus"] == "2"
    assert held["User"] == "tongbao" == held["Group"]
    assert "DynamicUser" not in held
    assert held["Environment"] == f"TONGBAO_DATA=/var/lib/{held['StateDirectory']}"
