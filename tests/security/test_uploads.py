"""Files made to do harm, or to be misread, through the one way files come in.

Every check is also run with a reader that is broken on purpose, where it must find fault.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

import lxml.etree
import pandas as pd
import pytest

from lib import markup
from lib.documents.drafts.received import DRAFT_LIMITS, read_draft
from lib.intake.files.limits import UPLOAD, Limits
from lib.intake.issues import Issue
from lib.intake.reading import Reading, read_file
from lib.store.lake import Lake
from lib.store.release import Release
from lib.submission import propose, receive
from tests.books import book
from tests.intake import attacks, fuzz
from tests.work import worked

pytestmark = pytest.mark.usefixtures("nothing_left")
ROOT = Path(__file__).resolve().parents[2]
SECONDS, GROWTH = 10, 100 * 2**20
SENDER = "education"
Reader = Callable[[bytes, str], Reading]
BOUNDLESS = replace(
    UPLOAD, file_bytes=2**40, unpacked_bytes=2**40, ratio=2**40, zip_entries=2**40, rows=2**40,
    columns=2**40, line_bytes=2**40, cell_characters=2**40, seconds=1,
)  # fmt: skip


def resident() -> int:
    """This process's memory in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def received(content: bytes | Path, name: str, limits: Limits = UPLOAD) -> Reading:
    """A file as the page and the command line take it in: no more work, and no larger, than any may be."""
    before, started = resident(), worked()
    reading = receive(content, name, sender=SENDER, choices={}, limits=limits).reading
    assert worked() - started < SECONDS
    assert resident() - before < GROWTH
    return reading


def blocking(reading: Reading) -> list[Issue]:
    return [issue for issue in reading.issues if issue.severity == "阻断"]


# readers that are broken on purpose


def unlimited(content: bytes, name: str) -> Reading:
    """Stops a child, but knows no size that is too much."""
    return receive(content, name, sender=SENDER, choices={}, limits=BOUNDLESS).reading


def by_name(content: bytes, name: str) -> Reading:
    """Believes what a file is called."""
    with pytest.MonkeyPatch.context() as broken:
        kind = "xlsx" if name.endswith(".xlsx") else "text"
        broken.setattr("lib.intake.reading.file_type", lambda _content, _limits: kind)
        return read_file(content, name)


def anywhere(content: bytes, name: str) -> Reading:
    """Does not look at where the parts of a workbook say they belong."""
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("lib.intake.files.archive._escapes", lambda _name: False)
        return read_file(content, name)


def trusting(content: bytes, name: str) -> Reading:
    """Takes what pandas and a lenient csv reader make of it, and says nothing."""
    if content.startswith(b"PK"):
        words = pd.read_excel(io.BytesIO(content)).to_csv()
    else:
        text = content.decode("utf-8-sig", "replace").replace("\r", "")
        words = repr([*csv.reader(io.StringIO(text))])
    return Reading(name, "", words, (), (), ())


def unasked(_content: bytes, name: str) -> Reading:
    """Says of nothing that it was wrong."""
    return Reading(name, "", "", (), (), ())


def expanding(content: bytes, name: str) -> Reading:
    """Lets an XML parser fetch what a part asks for."""
    parser = lxml.etree.XMLParser(load_dtd=True, resolve_entities=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = "".join(
            "".join(lxml.etree.fromstring(archive.read(part), parser).itertext())
            for part in archive.namelist()
        )
    return Reading(name, "", text, (), (), ())


# files that are refused


def is_refused(read: Reader, name: str) -> None:
    """Refused for what is wrong with it, in one sentence with its place and what to do."""
    _, made, code, row, words = attacks.ATTACKS[name]
    reading = read(made(), name)
    found = blocking(reading)
    assert [(issue.code, issue.row, issue.file) for issue in found] == [(code, row, name)]
    assert words in found[0].message
    assert found[0].fix
    assert reading.blocked


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=name, marks=pytest.mark.case(attack[0]))
        for name, attack in sorted(attacks.ATTACKS.items())
    ],
)
def test_a_harmful_file_is_answered_in_time_and_in_a_sentence(name: str) -> None:
    is_refused(received, name)


BROKEN: dict[Reader, tuple[str, ...]] = {
    unlimited: ("31MB.csv", "line.csv", "columns.csv", "221MB.xlsx", "string.xlsx", "corner.xlsx",),
    by_name: ("program.exe", "ok.csv", "gzip.csv", "parquet.csv"),
    anywhere: ("slip.xlsx", "slip-windows.xlsx", "slip-absolute.xlsx"),
    trusting: ("formula.xlsx", "thousands.csv", "first-row.csv", "later-row.csv", "mixed.csv", "nul.csv", "quote.csv"),
    unasked: ("laughs.xlsx",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        pytest.param(
            broken,
            name,
            id=f"{name}-{broken.__name__}",
            marks=pytest.mark.broken(attacks.ATTACKS[name][0]),
        )
        for broken, names in BROKEN.items()
        for name in names
    ],
)
def test_the_check_catches_a_broken_reader(broken: Reader, name: str) -> None:
    with pytest.raises(AssertionError):
        is_refused(broken, name)


@pytest.mark.case(46)
def test_a_single_line_of_300_megabytes_is_refused_from_the_disk_too(
    tmp_path: Path,
) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"a" * (300 * 2**20))
    reading = received(path, "line.csv", replace(UPLOAD, file_bytes=2**30))
    assert [(issue.code, issue.row) for issue in reading.issues] == [("FILE_SIZE", 1)]


def draft_is_refused(limits: Limits) -> None:
    """A draft larger than its page takes, whatever the server let through."""
    found = read_draft(b"a" * (21 * 2**20), "稿.txt", limits)
    assert isinstance(found, Issue)
    assert (found.code, "上限20.0 MB" in found.message) == ("FILE_SIZE", True)


@pytest.mark.case(28)
@pytest.mark.broken(28)
def test_a_page_with_a_smaller_limit_holds_it_itself() -> None:
    draft_is_refused(DRAFT_LIMITS)
    with pytest.raises(AssertionError):
        draft_is_refused(replace(DRAFT_LIMITS, file_bytes=2**40))


# files that ask for something


def gets_nothing(read: Reader, part: str, folder: Path) -> None:
    """No word of a file of this machine comes back."""
    secret = folder / "secret"
    secret.write_text(attacks.SECRET)
    reading = read(attacks.outside(part, str(secret)), "a.xlsx")
    assert attacks.SECRET not in repr(reading)
    assert all(attacks.SECRET not in str(d.table and d.table.to_pylist()) for d in reading.drafts)
    assert reading.blocked or part != "xl/sharedStrings.xml"


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]
)  # fmt: skip
@pytest.mark.case(38)
def test_a_workbook_gets_no_file_of_this_machine(part: str, tmp_path: Path) -> None:
    gets_nothing(received, part, tmp_path)


@pytest.mark.broken(38)
def test_the_check_catches_a_parser_that_fetches(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        gets_nothing(expanding, "xl/sharedStrings.xml", tmp_path)


@pytest.mark.case(38)
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
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert attacks.SECRET not in done.stdout + done.stderr
    assert done.stdout.splitlines() == ["True True []"] * 2, done.stderr


# cells and characters


def keeps_codes(read: Reader) -> None:
    """Eighteen digits stay as they are, or their loss in the sender's program is named."""
    columns = (
        "办件编号",
        "地区",
        "部门",
        "事项名称",
        "渠道",
        "受理日期",
        "承诺办结日期",
        "状态",
        "期次",
    )
    case = (
        "溧阳市",
        "市公安局",
        "户口迁移",
        "窗口",
        "2022-03-01",
        "2022-03-10",
        "办理中",
        "2022H1",
    )
    as_text = read(book({"一": [columns, ("320400202203010001", *case)]}), "a.xlsx")
    assert blocking(as_text) == []
    assert as_text.drafts[0].table["case_id"].to_pylist() == ["320400202203010001"]
    as_number = read(book({"一": [columns, (320400202203010001, *case)]}), "a.xlsx")
    assert [(i.code, i.cell) for i in blocking(as_number)] == [("DIGITS_LOST", "A2")]


@pytest.mark.case(40)
@pytest.mark.broken(40)
def test_a_code_of_eighteen_digits_is_kept_as_text_and_refused_as_a_number() -> None:
    keeps_codes(received)
    with pytest.raises((AssertionError, IndexError)):
        keeps_codes(trusting)


def names_the_cell(read: Reader, cell: str) -> None:
    """A number is the number that is written; anything else is named and never zero."""
    line = io.StringIO()
    csv.writer(line).writerow(["2022H1", "市教育局", cell, "1"])
    reading = read(attacks.text(line.getvalue()), "a.csv")
    code = attacks.CELLS[cell]
    said = [(i.code, i.row, i.column) for i in blocking(reading)]
    assert said == ([] if code is None else [(code, 2, "预警件数")])
    (value,) = reading.drafts[0].table["warning"].to_pylist()
    assert value == (31 if "31" in cell.replace("３１", "31") and code is None else None)


@pytest.mark.parametrize("cell", attacks.CELLS)
@pytest.mark.case(50)
def test_a_cell_that_is_no_plain_number_is_named_and_never_zero(cell: str) -> None:
    names_the_cell(read_file, cell)


@pytest.mark.parametrize("cell", [cell for cell, code in attacks.CELLS.items() if code])
@pytest.mark.broken(50)
def test_the_check_catches_a_reader_that_coerces(cell: str) -> None:
    with pytest.raises(AssertionError):
        names_the_cell(unasked, cell)


def says_its_encoding(read: Reader, encoding: str) -> None:
    """Read in the encoding it is in, which is said."""
    reading = read("\r\n".join((attacks.HEADER, attacks.GOOD)).encode(encoding), "a.csv")
    shown = {"gbk": "GB18030", "utf-8-sig": "UTF-8-BOM"}.get(encoding, encoding.upper())
    assert (reading.encoding, reading.blocked) == (shown, False)
    assert reading.drafts[0].table["department"].to_pylist() == ["education"]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.case(44)
@pytest.mark.broken(44)
def test_every_encoding_is_found_and_said(encoding: str) -> None:
    says_its_encoding(received, encoding)
    with pytest.raises(AssertionError):
        says_its_encoding(trusting, encoding)


# names


def is_only_shown(name: str, head: Callable[[str], str]) -> None:
    """The last part of a name, shown as text and stored as text."""
    shown = Path(name.translate({0: "?", 1: "?", 0xDCC4: "?", 0xDCEA: "?"})).name
    reading = received(attacks.text(attacks.GOOD), name)
    assert (reading.file, reading.blocked) == (shown, False)
    assert reading.drafts[0].table["source_file"].to_pylist() == [shown]
    assert [issue.file for issue in read_file(b"MZ", reading.file).issues] == [shown]
    assert head(reading.file).count("<") == head("a.csv").count("<")


def plain_head(name: str) -> str:
    return markup.file_head(name, "", [])


NAMES = {
    "path": "../../../tmp/x.csv", "windows": "..\\..\\x.csv", "markup": "<img onerror=x>.csv",
    "long": "长" * 300 + ".csv", "controls": "a\0b\x01.csv",
    "gbk": b"\xc4\xea.csv".decode("utf-8", "surrogateescape"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.case(27)
def test_a_file_name_is_only_ever_shown(name: str) -> None:
    is_only_shown(name, plain_head)


@pytest.mark.broken(27)
def test_the_check_catches_a_name_that_is_not_escaped() -> None:
    with pytest.raises(AssertionError):
        is_only_shown(NAMES["markup"], lambda name: f"<strong>{name}</strong>")


# damage at random; tests/intake/test_fuzz*.py has more of it, in this process


def is_told_apart(read: Reader, content: bytes, name: str) -> None:
    """Read or refused without a crash, and known by its own bytes, never by those it was before."""
    reading = read(content, name)
    assert reading.drafts or reading.blocked
    assert not any(issue.code == "READ_LIMIT" for issue in reading.issues), reading.issues
    if reading.kept is None:
        assert reading.sha256 == sha256(content).hexdigest()


@pytest.mark.parametrize("workbooks", [False, True], ids=["texts", "workbooks"])
@pytest.mark.case(52)
def test_a_damaged_file_is_read_or_refused_and_never_taken_for_the_sound_one(
    workbooks: bool,
) -> None:
    dice = Random(52)
    damage = fuzz.damaged_workbook if workbooks else fuzz.damaged_text
    for name, sound in sorted(fuzz.seeds(workbooks).items())[::5][:3]:
        is_told_apart(received, damage(sound, dice), name)


@pytest.mark.broken(52)
def test_the_check_catches_a_reader_that_remembers_the_sound_one() -> None:
    sound = attacks.text(attacks.GOOD)
    with pytest.raises(AssertionError):
        is_told_apart(lambda _content, name: read_file(sound, name), sound + b" ", "a.csv")


# the same twice


class Careless(Lake):
    """Publishes what it is told to, however often."""

    def publish_proposal(
        self, proposal_id: str, *, by: str, note: str = "", review: bool = False
    ) -> Release:
        with self._writing():
            live = self.live()
            assert live is not None
            return self._append(live, replace(live, by=by, proposal=proposal_id))


def is_published_once(kind: type[Lake], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight clicks on one proposal, and the same file once more: one release."""
    monkeypatch.setenv("TONGBAO_DATA", str(folder))
    first = receive(attacks.text(attacks.GOOD), "a.csv", sender=SENDER, choices={})
    lake = kind(folder / "lake")
    lake.publish([*receive(attacks.text("2022H1,市教育局,30,1"), "b.csv", sender=SENDER, choices={}).reading.drafts], by="甲")  # fmt: skip
    proposal = propose([first], mode="merge", by="甲", sender=SENDER)
    with ThreadPoolExecutor(8) as pool:
        publish = partial(lake.publish_proposal, by="甲")
        made = [*pool.map(publish, [proposal.id] * 8)]
    assert {release.id for release in made} == {"R0002"}
    again = propose([first], mode="merge", by="甲", sender=SENDER)
    assert lake.publish_proposal(again.id, by="甲").id == "R0002"
    assert [release.id for release in lake.releases()] == ["R0002", "R0001"]


@pytest.mark.case(53)
def test_the_same_file_is_published_once_however_often_it_is_clicked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_published_once(Lake, tmp_path, monkeypatch)


@pytest.mark.broken(53)
def test_the_check_catches_a_lake_that_does_not_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError):
        is_published_once(Careless, tmp_path, monkeypatch)
