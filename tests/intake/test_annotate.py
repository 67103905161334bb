"""Problems handed back: in the sender's own workbook where they are, and as a list."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from lib.downloads import safe_text
from lib.intake.annotate import COLUMNS, annotated, annotated_name, issue_rows, issues_csv
from lib.intake.files.limits import UPLOAD
from lib.intake.issues import Issue
from lib.intake.reading import read_file
from tests.books import book

LIST = "问题清单"
RED, YELLOW, BLUE = "00F6C7C3", "00FFE8A3", "00D6E8FA"
HEADER = ("期次", "部门", "预警件数", "超期件数", "截止日期", "备注", "科室")
ROWS = (
    ("2022H1", "市教育厅", "31", "1", "2022-06-30", "=1+1", "甲"),
    ("2022H1", "市市场局", "约2.3万", "x", "2022-06-30", "", "乙"),
)


def handed_back(content: bytes, name: str) -> Workbook:
    reading = read_file(content, name)
    return openpyxl.load_workbook(io.BytesIO(annotated(content, reading.issues, UPLOAD)))


def marked(page) -> dict[str, tuple[str, list[str]]]:
    """Cells with comments: colour, and the severities and codes in the comment."""
    cells = [cell for row in page for cell in row if isinstance(cell, Cell) and cell.comment]
    return {
        cell.coordinate: (
            cell.fill.start_color.rgb,
            [line[1:].split("]")[0] for line in cell.comment.text.split("\n")],
        )
        for cell in cells
    }


def test_a_text_comes_back_with_its_cells_marked_where_they_are() -> None:
    content = "\r\n".join(",".join(row) for row in (HEADER, *ROWS)).encode("utf-8-sig")
    page = handed_back(content, "七月.csv")["原文件"]
    assert [[cell.value or "" for cell in row] for row in page] == [list(HEADER), *map(list, ROWS)]
    assert {cell.data_type for row in page for cell in row if cell.value} == {"s"}
    assert marked(page) == {
        "B2": (RED, ["阻断 NAME"]),
        "C2": (BLUE, ["说明 UNIT_FILLED"]),
        "D2": (BLUE, ["说明 UNIT_FILLED"]),
        "F2": (YELLOW, ["提醒 FORMULA_TEXT"]),
        "G1": (YELLOW, ["提醒 COLUMN_UNKNOWN"]),
        "B3": (BLUE, ["说明 NAME_ALIAS"]),
        "C3": (BLUE, ["说明 NUMBER_SCALED"]),
        "D3": (RED, ["阻断 NUMBER"]),
    }


def test_a_workbook_comes_back_with_its_own_sheets_and_the_right_one_marked() -> None:
    content = book({"说明页": [("请填写",)], "七月": [("表",), HEADER, *ROWS]})
    made = handed_back(content, "七月.xlsx")
    assert made.sheetnames == ["说明页", "七月", LIST]
    assert marked(made["说明页"]) == {}
    places = marked(made["七月"])
    assert (places["B3"], places["D4"]) == ((RED, ["阻断 NAME"]), (RED, ["阻断 NUMBER"]))
    assert made["七月"]["B3"].comment.text == (
        "[阻断 NAME] “市教育厅”不是已登记的部门。请改用已登记的名称，见“指标口径”页"
    )


def test_the_list_holds_every_issue_and_no_formula() -> None:
    content = "\r\n".join(",".join(row) for row in (HEADER, *ROWS)).encode("utf-8-sig")
    issues = read_file(content, "=七月.csv").issues
    page = handed_back(content, "=七月.csv")[LIST]
    found = [[cell.value or "" for cell in row] for row in page]
    assert found == [
        list(COLUMNS),
        *([safe_text(text) for text in row] for row in issue_rows(issues)),
    ]
    assert {cell.data_type for row in page for cell in row if cell.value} == {"s"}
    assert found[1][2] == "'=七月.csv"
    assert [row[0] for row in found[1:]] == sorted(
        (row[0] for row in found[1:]), key=["阻断", "提醒", "说明"].index
    )


def test_the_list_as_a_file_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    issues = [
        Issue(
            "NAME",
            "阻断",
            "“=x”不是部门",
            "请改",
            "a.csv",
            "表",
            3,
            "部门",
            "B3",
            "=cmd|' /C calc'!A0",
        ),
        Issue("AS_OF", "提醒", "没有日期", count=9),
    ]
    content = issues_csv(issues)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [
        list(COLUMNS),
        ["阻断", "NAME", "a.csv", "表", "3", "部门", "B3", "'=cmd|' /C calc'!A0", "“=x”不是部门", "请改", "1"],
        ["提醒", "AS_OF", "", "", "", "", "", "", "没有日期", "", "9"],
    ]  # fmt: skip


def test_several_problems_of_one_cell_stand_together_and_the_worst_gives_the_colour() -> None:
    at = {"sheet": "七月", "row": 2, "cell": "A2"}
    issues = [
        Issue("A", "阻断", "一", **at), Issue("B", "提醒", "二", **at), Issue("C", "说明", "三", **at),
        Issue("D", "提醒", "四", sheet="七月", row=3),
    ]  # fmt: skip
    content = book({"七月": [("甲", "乙"), ("1", "2"), ("3", "4")]})
    made = openpyxl.load_workbook(io.BytesIO(annotated(content, issues, UPLOAD)))
    assert marked(made["七月"]) == {
        "A2": (RED, ["阻断 A", "提醒 B", "说明 C"]), "A3": (YELLOW, ["提醒 D"]),
    }  # fmt: skip


def test_a_note_of_the_senders_own_stays_and_the_cell_is_coloured() -> None:
    own = openpyxl.load_workbook(io.BytesIO(book({"七月": [("甲",), ("1",)]})))
    own["七月"]["A2"].comment = Comment("原批注", "某科")
    out = io.BytesIO()
    own.save(out)
    issues = [Issue("B", "提醒", "二", sheet="七月", row=2, cell="A2")]
    made = openpyxl.load_workbook(io.BytesIO(annotated(out.getvalue(), issues, UPLOAD)))
    assert made["七月"]["A2"].comment.text == "原批注\n[提醒 B] 二"
    assert made["七月"]["A2"].fill.start_color.rgb == YELLOW


def test_a_problem_inside_a_merged_cell_is_marked_on_that_cell() -> None:
    own = openpyxl.load_workbook(io.BytesIO(book({"七月": [("甲", "乙"), ("1", "2"), ("3", "4")]})))
    own["七月"].merge_cells("A2:B3")
    out = io.BytesIO()
    own.save(out)
    issues = [Issue("B", "阻断", "二", sheet="七月", row=3, cell="B3")]
    made = openpyxl.load_workbook(io.BytesIO(annotated(out.getvalue(), issues, UPLOAD)))
    assert marked(made["七月"]) == {"A2": (RED, ["阻断 B"])}


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90", b"PK\x03\x04", b"\xef\xbb\xbf\xce", b"abc\0de\n"]
)
def test_a_file_that_cannot_be_opened_gives_the_list_alone(content: bytes) -> None:
    made = handed_back(content, "a.csv")
    assert made.sheetnames == [LIST]
    assert made[LIST].max_row == 2


@settings(max_examples=15)
@given(
    st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=3), min_size=1, max_size=4),
    st.text(max_size=9),
)
def test_whatever_stands_in_a_text_the_workbook_opens_again(
    rows: list[list[str]], name: str
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([*rows, HEADER, *ROWS])
    content = out.getvalue().encode("utf-8-sig")
    made = handed_back(content, name)
    cells = [cell for page in made for row in page.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    if "原文件" in made.sheetnames:
        first = next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        shown = [cell.value or "" for cell in next(made["原文件"].iter_rows())]
        bare = [text.replace("\r", "").replace("\n", "") for text in (*first, *shown)]
        assert bare[len(first) :][: len(first)] == bare[: len(first)]


def test_the_name_of_the_copy_says_what_it_is() -> None:
    names = ("七月.csv", "a.b.xlsx", "无后缀")
    assert list(map(annotated_name, names)) == [
        "七月-批注.xlsx",
        "a.b-批注.xlsx",
        "无后缀-批注.xlsx",
    ]
