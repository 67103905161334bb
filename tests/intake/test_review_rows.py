"""Rows, headers and units that a reviewer saw vanish or change: each is read or refused in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.intake.issues import Issue
from lib.intake.reading import Reading, read_file
from tests.intake.messy.workbooks import workbook

CHOICES = {"period": "2022H1", "as_of": "2022-07-31"}
H = "部门,预警数,超期数"
GOOD = "市教育局,33,1"


def read(*lines: str) -> Reading:
    return read_file("\r\n".join(lines).encode("utf-8-sig"), "预警.csv", CHOICES)


def issues(reading: Reading, code: str) -> list[Issue]:
    return [issue for issue in reading.issues if issue.code == code]


def places(reading: Reading, *codes: str) -> list[tuple[str, str, int | None]]:
    """The issues of some codes as (code, severity, row)."""
    return [(i.code, i.severity, i.row) for i in reading.issues if i.code in codes]


def figures(reading: Reading, *names: str) -> list[tuple[object, ...]]:
    (draft,) = reading.drafts
    assert draft.table is not None
    return [tuple(row[name] for name in names) for row in draft.table.to_pylist()]


def test_data_above_the_chosen_header_is_refused() -> None:
    found = read("部门,预警数", "市教育局,33", "市民政局,17", H, "市公安局,5,0")
    assert places(found, "ABOVE_HEADER") == [
        ("ABOVE_HEADER", "阻断", 2),
        ("ABOVE_HEADER", "阻断", 3),
    ]


def test_a_title_with_a_year_and_a_signature_above_are_still_remarks() -> None:
    found = read("2022年上半年预警情况,,", "填表人：张三,电话：,13800001111", H, GOOD)
    assert places(found, "ABOVE_HEADER", "PERSONAL_ROW", "TITLE", "PERSONAL") == [
        ("PERSONAL", "提醒", 2), ("TITLE", "说明", 1),
    ]  # fmt: skip


def test_a_repeated_header_in_another_order_is_refused() -> None:
    found = read(H, GOOD, "部门,超期数,预警数", "市公安局,5,0")
    assert places(found, "HEADER_CHANGED", "HEADER_REPEATED") == [("HEADER_CHANGED", "阻断", 3)]


def test_a_repeated_header_in_the_same_order_is_passed_over() -> None:
    found = read(H, GOOD, H, "市公安局,5,0")
    assert places(found, "HEADER_CHANGED", "HEADER_REPEATED") == [("HEADER_REPEATED", "说明", 3)]


@pytest.mark.parametrize("above", [True, False])
def test_a_data_row_with_personal_data_is_refused_without_repeating_it(above: bool) -> None:
    personal = "市教育局（张三13800001111）,33,1"
    lines = (personal, H, "市民政局,3,1") if above else (H, "市民政局,3,1", personal)
    found = read(*lines)
    assert places(found, "PERSONAL_ROW", "ABOVE_HEADER") == [
        ("PERSONAL_ROW", "阻断", 1 if above else 3)
    ]
    assert "张三" not in str(found.issues)
    assert "13800001111" not in str(found.issues)


def test_rows_after_a_data_row_with_personal_data_are_still_read() -> None:
    found = read(H, "市教育局（张三13800001111）,33,1", "市民政局,3,1")
    assert figures(found, "department", "warning") == [("civil_affairs", Decimal(3))]


def merged(first: tuple[int, int], last: tuple[int, int]) -> Reading:
    """A sheet of 服务阵地 in which some cells below the header are one; rows and columns from 0."""

    def fill(book) -> None:
        sheet = book.add_worksheet("表")
        table = [
            ["地区", "层级", "计划数", "完成数"], ["溧阳市", "镇级", 5, 4], ["溧阳市", "村级", 6, 3],
        ]  # fmt: skip
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)
        sheet.merge_range(*first, *last, table[first[0]][first[1]])

    return read_file(workbook(fill), "阵地.xlsx", CHOICES)


@pytest.mark.parametrize(
    ("first", "last", "cell"), [((1, 2), (2, 2), "C2"), ((1, 2), (1, 3), "C2")]
)
def test_a_merged_figure_is_refused_at_its_cell(first, last, cell) -> None:
    found = merged(first, last)
    told = [(i.severity, i.row, i.column, i.cell) for i in issues(found, "MERGED_FIGURE")]
    assert told == [("阻断", 2, "计划数", cell)]


def test_a_merged_name_is_filled_down_as_before() -> None:
    found = merged((1, 0), (2, 0))
    assert places(found, "MERGED_FIGURE", "MERGED") == [("MERGED", "说明", 2)]
    assert figures(found, "level", "planned") == [("town", Decimal(5)), ("village", Decimal(6))]


@pytest.mark.parametrize("first", [["合计,34,2"], ["全市,34,2", "合计,34,2"]])
def test_a_total_that_comes_first_is_held_against_the_rows_below(first) -> None:
    right = read(H, *first[:-1], "合计,38,1", GOOD, "市公安局,5,0")
    wrong = read(H, *first, GOOD, "市公安局,5,0")
    row = 1 + len(first)
    assert places(right, "TOTAL_MISMATCH") == []
    assert [(i.row, i.column) for i in issues(wrong, "TOTAL_MISMATCH")] == [
        (row, "预警数"), (row, "超期数"),
    ]  # fmt: skip


MONEY = ("指标,地区,数值", "苏企通涉及总金额,全市,30000")


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (("2022年上半年指标", ",,单位：万元", *MONEY), "上方"),
        ((*MONEY, "注：金额单位为万元"), "下方"),
        (("单位：万元 填表人：张三", *MONEY), "上方"),
        (("苏企通情况表单位：万元", *MONEY), "上方"),
    ],
)
def test_a_unit_beside_the_table_holds_for_its_figures(lines, where) -> None:
    found = read(*lines)
    assert figures(found, "value", "value_text", "unit") == [
        (Decimal(300000000), "30000万", "元"),
    ]  # fmt: skip
    (told,) = issues(found, "UNIT_READ")
    assert told.severity == "说明"
    assert told.message.endswith(f"万元”取自表格{where}")
    assert len(issues(found, "NUMBER_SCALED")) == 1


def test_a_unit_above_scales_counts_too() -> None:
    found = read("预警情况统计表", "单位：万件", H, GOOD)
    assert figures(found, "warning", "overdue") == [(Decimal(330000), Decimal(10000))]


def test_a_unit_above_that_is_not_the_expected_one_blocks() -> None:
    found = read("单位：元", H, GOOD)
    assert {i.severity for i in issues(found, "UNIT")} == {"阻断"}


def test_an_amount_unit_leaves_counts_alone() -> None:
    found = read(H, GOOD, "注：金额单位为万元")
    assert figures(found, "warning", "overdue") == [(Decimal(33), Decimal(1))]


def test_a_figure_with_its_own_unit_keeps_it() -> None:
    found = read("单位：万件", "部门,预警数（件）,超期数", "市教育局,33,1件")
    assert figures(found, "warning", "overdue") == [(Decimal(33), Decimal(1))]


@pytest.mark.parametrize(
    "line", ["单位：市政务办", "填报单位：万人广场", "填报单位：打", "单位：市教育局,,"]
)
def test_an_organisation_is_not_a_unit(line) -> None:
    found = read(line, H, GOOD)
    assert places(found, "UNIT_READ", "UNIT_UNKNOWN", "UNIT") == []
    assert figures(found, "warning") == [(Decimal(33),)]


def test_an_unknown_unit_above_is_said() -> None:
    found = read("单位：打", H, GOOD)
    assert places(found, "UNIT_UNKNOWN") == [("UNIT_UNKNOWN", "提醒", 1)]


def test_a_unit_nobody_knows_in_a_heading_blocks() -> None:
    found = read("部门,预警数(占比%),超期数", GOOD)
    told = [(i.severity, i.row, i.column) for i in issues(found, "UNIT")]
    assert told == [("阻断", 1, "预警数(占比%)")]


def test_thousands_in_a_heading_are_scaled_and_told() -> None:
    found = read("部门,预警数（千件）,超期数", GOOD)
    assert figures(found, "warning", "warning_text") == [(Decimal(33000), "33千")]
    assert [i.message for i in issues(found, "NUMBER_SCALED")] == ["“33千”存为33000，原文保留"]


@pytest.mark.parametrize(
    "lines",
    [
        ("市教育局,33,1", H, GOOD),
        (H, GOOD, "部门,超期数,预警数", "市公安局,5,0"),
        (H, GOOD, "市民政局（张三13800001111）,33,1"),
        (H, "合计,3,3", GOOD),
        ("单位：万件,,", H, GOOD),
        (H, GOOD, "填表人：张三 单位：打,,"),
        ("部门,预警数(占比%),超期数", GOOD),
        ("部门,预警数（千件）,超期数", GOOD),
    ],
)
def test_read_in_columns_it_is_the_same(lines) -> None:
    content = "\r\n".join(lines).encode("utf-8-sig")
    ways = [read_file(content, "预警.csv", CHOICES, bulk_bytes=way) for way in (0, 1 << 60)]
    assert ways[0].issues == ways[1].issues
    assert [figures(one, "warning", "overdue") for one in ways[:1]] == [
        figures(one, "warning", "overdue") for one in ways[1:]
    ]
