"""Reading in a child: the same answer, and whatever a file does to the child stays there."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.intake.child import sandbox
from lib.intake.child.sandbox import annotate_upload, read_upload
from lib.intake.files.limits import UPLOAD
from lib.intake.reading import Reading, read_file
from lib.settings import bulletins_dir
from tests.intake import attacks
from tests.intake.messy.build import committed

SAMPLES = [
    *(committed()[name] for name in ("M01-gbk.csv", "M07-merged.xlsx", "M13-not-calculated.xlsx",
      "M32-figures.csv", "M36-contacts.csv", "M37-sheets.xlsx", "M40-locked.xlsx")),
    *bulletins_dir().glob("*/indicators.csv"),
]  # fmt: skip
MANY = ("期次,部门,预警件数,备注\r\n" + "".join(f"2022H1,市教育局,{n},{n}甲\r\n" for n in range(300_000))).encode()  # fmt: skip
pytestmark = pytest.mark.usefixtures("nothing_left")


def stopped(reading: Reading) -> str:
    """What is said of a child that was stopped: nothing but one sentence."""
    (issue,) = reading.issues
    assert (issue.code, issue.severity, issue.file) == ("READ_LIMIT", "阻断", "a.csv")
    assert issue.fix
    assert (reading.drafts, reading.sheets, reading.blocked, len(reading.sha256)) == (
        (),
        (),
        True,
        64,
    )
    return issue.message


Children = Callable[[], set[int]]


def running() -> set[int]:
    """The processes this one has started and that still run."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}


@pytest.fixture
def children() -> Children:
    """What the test has started: servers and browsers of other tests run beside it."""
    before = running()
    return lambda: running() - before


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_child_reads_the_same(path: Path) -> None:
    content, choices = path.read_bytes(), {"period": "2022H1"}
    told: list[tuple[str, float]] = []
    found = read_upload(content, path.name, choices, progress=lambda *said: told.append(said))
    assert found == read_file(content, path.name, choices)
    assert found == read_upload(path, path.name, choices)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 < shares[0] <= shares[-1] <= 1
    assert told[0][0] == "识别文件"


def test_a_child_that_takes_too_long_is_stopped() -> None:
    reading = read_upload(MANY, "a.csv", limits=replace(UPLOAD, seconds=1))
    assert stopped(reading) == "1秒内没有读完，已停止"


def test_a_child_that_does_nothing_is_stopped_by_the_clock(children: Children) -> None:
    def hold(_stage: str, _share: float) -> None:
        for pid in children():
            os.kill(pid, signal.SIGSTOP)

    started = time.monotonic()
    limits = replace(UPLOAD, seconds=3)
    reading = read_upload(attacks.text(attacks.GOOD), "a.csv", limits=limits, progress=hold)
    assert stopped(reading) == "3秒内没有读完，已停止"
    assert 3 <= time.monotonic() - started < 60
    assert children() == set()


@pytest.mark.case(34, 35, 36)
def test_a_child_that_swells_is_stopped() -> None:
    limits = replace(UPLOAD, memory_bytes=200 * 2**20)
    reading = read_upload(b"\xff\xfe" + MANY.decode().encode("utf-16-le"), "a.csv", limits=limits)
    assert stopped(reading) == "读取时用的内存超过200 MB，已停止"


@pytest.mark.parametrize("killer", [signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_child_that_crashes_is_a_sentence(killer: signal.Signals, children: Children) -> None:
    def crash(_stage: str, _share: float) -> None:
        for pid in children():
            os.kill(pid, killer)

    reading = read_upload(attacks.text(attacks.GOOD), "a.csv", progress=crash)
    assert stopped(reading) == "读取时出错，已停止，没有影响其他人"
    assert children() == set()


def test_a_listener_that_fails_leaves_no_child_behind(children: Children) -> None:
    def fail(_stage: str, _share: float) -> None:
        raise RuntimeError("the session is gone")

    with pytest.raises(RuntimeError, match="the session is gone"):
        read_upload(attacks.text(attacks.GOOD), "a.csv", progress=fail)
    assert children() == set()


def test_an_original_is_annotated_in_a_child_and_a_harmful_one_gives_the_list() -> None:
    from openpyxl import load_workbook

    content = attacks.text("2022H1,市教育厅,31,1")
    reading = read_file(content, "a.csv")
    book = load_workbook(io.BytesIO(annotate_upload(content, reading.issues)))
    assert book["原文件"]["B2"].comment is not None
    bomb = attacks.laughs()
    book = load_workbook(io.BytesIO(annotate_upload(bomb, read_file(bomb, "a.xlsx").issues)))
    assert book.sheetnames == ["问题清单"]


def test_where_a_stop_is_no_signal_the_clock_still_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "_SPENT", set())
    monkeypatch.setattr(sandbox, "_GRACE", -UPLOAD.seconds)
    assert stopped(read_upload(MANY, "a.csv")) == f"{UPLOAD.seconds}秒内没有读完，已停止"
