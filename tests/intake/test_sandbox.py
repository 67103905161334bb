"""Reading in a child: the same answer, and whatever a file does to the child stays there."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import attacks
import pytest
from messy.build import committed

from lib.intake.child.sandbox import annotate_upload, read_upload
from lib.intake.files.limits import UPLOAD, Limits
from lib.intake.reading import Reading, read_file
from lib.settings import bulletins_dir

SAMPLES = [
    *(committed()[name] for name in ("M01-gbk.csv", "M07-merged.xlsx", "M13-not-calculated.xlsx",
      "M32-figures.csv", "M36-contacts.csv", "M37-sheets.xlsx", "M40-locked.xlsx")),
    *bulletins_dir().glob("*/indicators.csv"),
]  # fmt: skip
MANY = ("期次,部门,预警件数,备注\r\n" + "".join(f"2022H1,市教育局,{n},{n}甲\r\n" for n in range(300_000))).encode()  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10
GROWTH = 100 * 2**20


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every child works in a folder of its own, which is gone when it has ended."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("tongbao")] == []


def resident() -> int:
    """This process's memory in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def timed(content: bytes | Path, name: str, limits: Limits = UPLOAD) -> Reading:
    """A reading that took no longer, and no more of this process, than any may."""
    before, started = resident(), time.monotonic()
    reading = read_upload(content, name, limits=limits)
    assert time.monotonic() - started < SECONDS
    assert resident() - before < GROWTH
    return reading


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


def children() -> list[int]:
    """The processes this one has started and that still run."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text().split()]


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


@pytest.mark.parametrize("name", sorted(attacks.ATTACKS))
def test_a_harmful_file_is_answered_in_time_and_in_a_sentence(name: str) -> None:
    made, code, row, words = attacks.ATTACKS[name]
    reading = timed(made(), name)
    blocking = [issue for issue in reading.issues if issue.severity == "阻断"]
    assert [(issue.code, issue.row, issue.file) for issue in blocking] == [(code, row, name)]
    assert words in blocking[0].message
    assert blocking[0].fix
    assert reading.blocked


def test_a_single_line_of_300_megabytes_is_refused_from_the_disk_too(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"a" * (300 * 2**20))
    reading = timed(path, "line.csv", replace(UPLOAD, file_bytes=2**30))
    assert [(issue.code, issue.row) for issue in reading.issues] == [("FILE_SIZE", 1)]


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]
)  # fmt: skip
def test_a_workbook_gets_no_file_of_this_machine(part: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(attacks.SECRET)
    reading = timed(attacks.outside(part, str(secret)), "a.xlsx")
    assert attacks.SECRET not in repr(reading)
    assert all(attacks.SECRET not in str(d.table and d.table.to_pylist()) for d in reading.drafts)
    assert reading.blocked or part != "xl/sharedStrings.xml"


def test_entities_do_no_harm_where_defusedxml_is_not_installed(tmp_path: Path) -> None:
    secret, laughs, asks = (tmp_path / name for name in ("secret", "laughs.xlsx", "asks.xlsx"))
    secret.write_text(attacks.SECRET)
    laughs.write_bytes(attacks.laughs())
    asks.write_bytes(attacks.outside("xl/sharedStrings.xml", str(secret)))
    program = (
        "import sys; sys.modules['defusedxml'] = None\n"
        "from pathlib import Path; from lib.intake.reading import read_file\n"
        "for path in map(Path, sys.argv[1:]):\n"
        "    reading = read_file(path.read_bytes(), path.name)\n"
        "    print(reading.blocked, len(repr(reading)) < 10_000, [d.table for d in reading.drafts])"
    )
    words = [sys.executable, "-c", program, str(laughs), str(asks)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, cwd=ROOT)
    assert attacks.SECRET not in done.stdout + done.stderr
    assert done.stdout.splitlines() == ["True True []"] * 2, done.stderr


@pytest.mark.parametrize("cell", attacks.CELLS)
def test_a_cell_that_is_no_plain_number_is_named_and_never_zero(cell: str) -> None:
    line = io.StringIO()
    csv.writer(line).writerow(["2022H1", "市教育局", cell, "1"])
    reading = read_file(attacks.text(line.getvalue()), "a.csv")
    code = attacks.CELLS[cell]
    said = [(i.code, i.row, i.column) for i in reading.issues if i.severity == "阻断"]
    assert said == ([] if code is None else [(code, 2, "预警件数")])
    (value,) = reading.drafts[0].table["warning"].to_pylist()
    assert value == (31 if "31" in cell.replace("３１", "31") and code is None else None)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_is_found_in_the_child(encoding: str) -> None:
    reading = timed("\r\n".join((attacks.HEADER, attacks.GOOD)).encode(encoding), "a.csv")
    shown = {"gbk": "GB18030", "utf-8-sig": "UTF-8-BOM"}.get(encoding, encoding.upper())
    assert (reading.encoding, reading.blocked) == (shown, False)


@pytest.mark.parametrize(
    "name", ["../../../tmp/x.csv", "..\\..\\x.csv", "<img onerror=x>.csv", "长" * 300 + ".csv", "a\0b\x01.csv",
             b"\xc4\xea.csv".decode("utf-8", "surrogateescape")],
    ids=["path", "windows", "markup", "long", "controls", "gbk"],
)  # fmt: skip
def test_a_file_name_is_only_ever_shown(name: str, tmp_path: Path) -> None:
    shown = name.translate({0: "?", 1: "?", 0xDCC4: "?", 0xDCEA: "?"})
    reading = timed(attacks.text(attacks.GOOD), name)
    assert (reading.file, reading.blocked) == (shown, False)
    assert reading.drafts[0].table["source_file"].to_pylist() == [shown]
    refused = timed(b"MZ", name)
    assert [issue.file for issue in refused.issues] == [shown]
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_takes_too_long_is_stopped() -> None:
    reading = read_upload(MANY, "a.csv", limits=replace(UPLOAD, seconds=1))
    assert stopped(reading) == "1秒内没有读完，已停止"


def test_a_child_that_does_nothing_is_stopped_by_the_clock() -> None:
    def hold(_stage: str, _share: float) -> None:
        for pid in children():
            os.kill(pid, signal.SIGSTOP)

    started = time.monotonic()
    limits = replace(UPLOAD, seconds=3)
    reading = read_upload(attacks.text(attacks.GOOD), "a.csv", limits=limits, progress=hold)
    assert stopped(reading) == "3秒内没有读完，已停止"
    assert 3 <= time.monotonic() - started < 8
    assert children() == []


def test_a_child_that_swells_is_stopped() -> None:
    limits = replace(UPLOAD, memory_bytes=200 * 2**20)
    reading = read_upload(b"\xff\xfe" + MANY.decode().encode("utf-16-le"), "a.csv", limits=limits)
    assert stopped(reading) == "读取时用的内存超过200 MB，已停止"


@pytest.mark.parametrize("killer", [signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_child_that_crashes_is_a_sentence(killer: signal.Signals) -> None:
    def crash(_stage: str, _share: float) -> None:
        for pid in children():
            os.kill(pid, killer)

    reading = read_upload(attacks.text(attacks.GOOD), "a.csv", progress=crash)
    assert stopped(reading) == "读取时出错，已停止，没有影响其他人"
    assert children() == []


def test_a_listener_that_fails_leaves_no_child_behind() -> None:
    def fail(_stage: str, _share: float) -> None:
        raise RuntimeError("the session is gone")

    with pytest.raises(RuntimeError, match="the session is gone"):
        read_upload(attacks.text(attacks.GOOD), "a.csv", progress=fail)
    assert children() == []


def test_an_original_is_annotated_in_a_child_and_a_harmful_one_gives_the_list() -> None:
    from openpyxl import load_workbook

    content = attacks.text("2022H1,市教育厅,31,1")
    reading = read_file(content, "a.csv")
    book = load_workbook(io.BytesIO(annotate_upload(content, reading.issues)))
    assert book["原文件"]["B2"].comment is not None
    bomb = attacks.laughs()
    book = load_workbook(io.BytesIO(annotate_upload(bomb, read_file(bomb, "a.xlsx").issues)))
    assert book.sheetnames == ["问题清单"]
