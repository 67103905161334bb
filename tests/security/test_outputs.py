"""What is taken away holds nothing a spreadsheet would run.

Every check is also run against a file written without our care, where it must find fault.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from lib.documents.register import EXPORT_BY_ID
from lib.intake.annotate import issues_csv
from lib.intake.child.sandbox import annotate_upload
from lib.links import download_address
from lib.selection import Selection
from lib.settings import ROOT, lake_dir
from lib.store.lake import Lake
from lib.submission import propose, receive
from lib.views.named import view_named
from lib.views.register import VIEWS
from tests.cli.command import cli
from tests.fresh import forget_views
from tests.inside import get
from tests.kept import first_release

# Tabs and line ends round a text are gone once it is read; tests/test_downloads.py has them.
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
HOSTILE = tuple(f"{sign}1+cmd|' /C calc'!A0" for sign in SIGNS)
_RUN = re.compile(r"[=@\t\r＝＠＋－]|[+\-](?!\d+(?:[.,]\d+)*%?\Z)")
AT = Selection("R0002", "2022H1")
# Our own sums and comparisons: of this workbook's cells and numbers, nothing else's.
_OURS = re.compile(r"=[^|\[]*\Z")
NAMES = (*(view.id for view in VIEWS), "figures-online", "lists-online", "districts-compared")


def run_by_a_spreadsheet(cells: list[str]) -> list[str]:
    """Those of the cells that Excel, WPS or LibreOffice would calculate when they open a CSV."""
    return [cell for cell in cells if _RUN.match(cell)]


def csv_cells(content: bytes) -> list[str]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text) for cell in row]


def book_texts(content: bytes) -> list[str]:
    """The texts of a workbook, and those of its formulas that are not ours."""
    found = []
    for page in openpyxl.load_workbook(io.BytesIO(content)):
        for cell in (cell for row in page.iter_rows() for cell in row):
            if cell.data_type == "f" and not _OURS.match(str(cell.value)):
                found.append(str(cell.value))
            if cell.data_type in ("s", "inlineStr"):
                found.append(str(cell.value))
    return found


@pytest.fixture(scope="module", autouse=True)
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose second release says such things wherever a text may stand."""
    folder = tmp_path_factory.mktemp("hostile")
    forget_views()
    with pytest.MonkeyPatch.context() as own:
        own.setenv("TONGBAO_DATA", str(folder))
        first_release(folder)
        head = ["期次", "出处", "地区", "序号", "事项", "时点", "截止日期", "备注"]
        rows = [
            ["2022H1", "一、1", "全市", str(50 + n), text, "未注明", "2022-08-08", text]
            for n, text in enumerate(HOSTILE)
        ]
        facts = ["期次", "部门", "预警件数", "超期件数", "单位", "时点", "截止日期", "出处", "备注"]
        fact = [
            "2022H1",
            "市教育局",
            "31",
            "1",
            "件",
            "上半年",
            "2022-06-30",
            "三（三）",
            HOSTILE[0],
        ]
        files = [receive(written(head, rows), "=亮点.csv", sender="education", choices={}),
                 receive(written(facts, [fact]), "+预警.csv", sender="education", choices={})]  # fmt: skip
        proposal = propose(files, mode="merge", by="值班岗", sender="education", note="试")
        assert Lake(lake_dir()).publish_proposal(proposal.id, by="值班岗").id == "R0002"
        yield folder
    forget_views()


def written(head: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def is_harmless(content: bytes, suffix: str) -> int:
    """Nothing in the file is run; how many texts were made harmless."""
    cells = csv_cells(content) if suffix == "csv" else book_texts(content)
    assert run_by_a_spreadsheet(cells) == []
    return sum(cell[:1] == "'" and bool(run_by_a_spreadsheet([cell[1:]])) for cell in cells)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.case(58)
def test_no_table_of_a_page_holds_a_formula(suffix: str) -> None:
    found = 0
    for name in NAMES:
        if view_named(name, AT) is None:
            continue
        status, _, content = get(download_address(name, suffix, AT))
        assert status == 200
        found += is_harmless(content, suffix)
    assert found >= len(HOSTILE)


@pytest.mark.case(58)
def test_the_workbook_of_a_release_holds_only_our_own_formulas() -> None:
    assert is_harmless(EXPORT_BY_ID["workbook"].make(AT), "xlsx") >= len(HOSTILE)


@pytest.mark.case(58)
def test_a_list_of_problems_holds_no_formula_and_nor_does_the_file_handed_back() -> None:
    rows = [["2022H1", text, "31", "1"] for text in HOSTILE]
    content = written(["期次", "部门", "预警件数", "超期件数"], rows)
    reading = receive(content, "=a.csv", sender="education", choices={}).reading
    assert is_harmless(issues_csv(reading.issues), "csv") >= len(HOSTILE)
    book = openpyxl.load_workbook(io.BytesIO(annotate_upload(content, reading.issues)))
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    listed = [str(c.value) for row in book["问题清单"].iter_rows() for c in row]
    assert run_by_a_spreadsheet(listed) == []


@pytest.mark.case(58)
def test_the_command_line_hands_out_no_formula() -> None:
    result = CliRunner().invoke(cli, ["facts", "--csv"])
    assert result.exit_code == 0
    assert is_harmless(result.stdout.encode(), "csv") >= 2


@pytest.mark.case(58)
def test_a_browser_offers_no_file_of_its_own() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "disableDataExport = true" in config


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.broken(58)
def test_the_check_catches_a_file_written_without_care(suffix: str) -> None:
    rows = pd.DataFrame({"事项": HOSTILE})
    out = io.BytesIO()
    rows.to_csv(out, index=False) if suffix == "csv" else rows.to_excel(out, index=False)
    with pytest.raises(AssertionError):
        is_harmless(out.getvalue(), suffix)


@pytest.mark.broken(58)
def test_the_check_catches_a_formula_that_calls_a_program() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=cmd|' /C calc'!A0"])
    out = io.BytesIO()
    book.save(out)
    assert zipfile.is_zipfile(out)
    with pytest.raises(AssertionError):
        is_harmless(out.getvalue(), "xlsx")
