"""Forty-one kinds of files that really arrive, each read as it has to be.

Blocking problems and warnings are compared whole (`problems`), stored values to the last digit;
of what is merely told (说明) the codes that belong to the case are looked for.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from lib.catalog.places import clean_name, resolve_department, resolve_district
from lib.intake.files.limits import UPLOAD
from lib.intake.reading import read_file
from lib.intake.schema import schema
from tests.intake.messy.asserts import (
    asked,
    messages,
    only,
    problems,
    read,
    rows,
    sample,
    stated,
    times,
    told,
)
from tests.intake.messy.build import CASES, GENERATED, committed
from tests.intake.messy.figures import CENTERS, CLAIMED, STAFF, WARNINGS

H1 = {"period": "2022H1"}
DISTRICTS = [resolve_district(name).id for name, *_ in STAFF]
STAFF_ROWS = [(id, *figures) for id, (_, *figures) in zip(DISTRICTS, STAFF, strict=True)]
WARNED_ROWS = [(resolve_department(d).id, w or None, o or None) for d, w, o in WARNINGS]
CENTER_ROWS = sorted(
    (district, level, str(planned), str(upgraded))
    for district, pairs in zip(DISTRICTS, CENTERS.values(), strict=True)
    for level, (planned, upgraded) in zip(("town", "village", "point"), pairs, strict=True)
)
POINTS = [str(pairs[2][1]) for pairs in CENTERS.values()]


def test_every_case_has_a_file() -> None:
    assert {name[:3] for name in (*committed(), *GENERATED)} == set(CASES)


def test_every_case_has_a_test() -> None:
    tested = {name[5:8].upper() for name in globals() if name.startswith("test_m")}
    assert tested == set(CASES)


def test_every_file_is_used_by_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in (*committed(), *GENERATED) if f'"{name}"' not in source] == []


@pytest.mark.parametrize("name", committed())
def test_whatever_blocks_says_where_and_what_to_do(name: str) -> None:
    reading = read(name)
    for issue in reading.issues:
        assert issue.file == name
        assert issue.message
        if issue.severity == "阻断":
            assert issue.fix or issue.question
    for draft in reading.drafts:
        if draft.table is not None and draft.dataset is not None:
            assert draft.table.schema.equals(schema(draft.dataset))


# --- encodings -------------------------------------------------------------------------------


def test_m01_a_gbk_file_is_decoded_and_shown_before_it_is_used() -> None:
    reading = read("M01-gbk.csv")
    assert reading.encoding == "GB18030"
    assert "GB18030" in messages(reading, "ENCODING")
    assert problems(reading) == []
    (sheet,) = reading.sheets
    assert (sheet.name, sheet.dataset) == ("", "warnings")
    assert sheet.rows[:2] == (
        ("期次", "部门", "预警数", "超期数"),
        ("2022H1", "全市", "140", "23"),
    )
    assert rows(reading, "department_text", "department", "warning", "overdue") == [
        ("全市", "all", "140", "23"),
        ("市教育局", "education", "31", "1"),
        ("市民政局", "civil_affairs", "21", None),
        ("市生态环境局", "environment", "5", "14"),
    ]


def test_m01_every_row_says_where_it_came_from() -> None:
    digest = hashlib.sha256(sample("M01-gbk.csv")).hexdigest()
    found = rows(read("M01-gbk.csv"), "source_file", "source_sheet", "source_row", "source_sha256")
    assert found == [("M01-gbk.csv", "", str(row), digest) for row in (2, 3, 4, 5)]


def test_m02_utf8_without_a_mark_is_not_taken_for_gbk() -> None:
    reading = read("M02-utf8.csv")
    assert reading.encoding == "UTF-8"
    assert "UTF-8" in messages(reading, "ENCODING")
    assert problems(reading) == []
    assert rows(reading, "metric", "district", "value", "value_text", "unit") == [
        ("faceless_rate", "city", "96.34", "96.34", "%"),
        ("faceless_rate", "zhonglou", "97.5", "97.5", "%"),
        ("public_service_claimed", "city_level", "221", "221", "项"),
    ]
    assert read("M11-total.csv").encoding == "UTF-8-BOM"


def test_m03_unicode_text_with_tabs_is_read() -> None:
    reading = read("M03-unicode.txt")
    assert reading.encoding == "UTF-16"
    assert problems(reading) == []
    assert rows(reading, "department", "warning", "overdue") == [
        ("education", "31", "1"),
        ("civil_affairs", "21", None),
        ("environment", "5", "14"),
    ]


@pytest.mark.parametrize(
    ("name", "row", "byte"),
    [
        ("M04-half-character.csv", 3, 7),
        ("M04-mixed.csv", 3, 8),
        ("M04-cut-off.csv", 3, 22),
    ],
)
def test_m04_a_broken_character_is_located_not_replaced(name: str, row: int, byte: int) -> None:
    reading = read(name)
    assert problems(reading) == [("ENCODING_BROKEN", "阻断", row, "")]
    assert f"第{byte}字节" in messages(reading, "ENCODING_BROKEN")
    assert reading.drafts == ()
    assert "\ufffd" not in repr(reading)


def test_m05_odd_blanks_do_not_hide_names_or_figures() -> None:
    reading = read("M05-blanks.csv", H1)
    assert problems(reading) == []
    assert told(reading) >= {"CLEANED", "TOTAL_ROW"}
    assert rows(reading, "district", "target", "trained") == [
        ("liyang", "150", "118"),
        ("jintan", "140", "104"),
        ("wujin", "180", "146"),
        ("tianning", "130", "98"),
    ]
    written = [clean_name(text or "") for (text,) in rows(reading, "district_text")]
    assert written == ["溧阳市", "金坛区", "武进区", "天宁区"]


# --- headers ---------------------------------------------------------------------------------


def test_m06_a_title_above_the_header_is_kept_and_gives_the_period() -> None:
    reading = read("M06-title.csv")
    assert problems(reading) == []
    assert told(reading) >= {"TITLE", "PERIOD_READ"}
    assert reading.sheets[0].header_rows == (4,)
    assert rows(reading, "district", "target", "trained") == STAFF_ROWS
    assert {"2022年上半年“畅通办”专员队伍建设情况统计表", "填报单位：常州市政务办"} <= set(
        only(reading).remarks
    )
    assert set(rows(reading, "period", "unit")) == {("2022H1", "人")}
    assert [row for (row,) in rows(reading, "source_row")] == [str(n) for n in range(5, 12)]


def test_m06_a_table_without_a_date_warns_and_takes_the_last_day_of_its_period() -> None:
    reading = read("M06-title.csv")
    assert {issue.severity for issue in reading.issues if issue.code == "AS_OF"} == {"提醒"}
    assert set(rows(reading, "as_of", "as_of_text")) == {("2022-06-30", "未注明")}


def test_m06_a_header_nobody_knows_is_pointed_out_by_a_person() -> None:
    name = "M06-unfound.csv"
    before = read(name)
    assert problems(before) == [("HEADER", "阻断", None, "")]
    assert asked(before).keys() == {f"header:{name}/"}
    assert "4" in asked(before)[f"header:{name}/"]
    after = read(
        name,
        {
            **H1,
            f"header:{name}/": "4",
            f"dataset:{name}/": "staff",
            "column:所在地方": "district",
            "column:年度任务": "target",
            "column:现有": "trained",
        },
    )
    assert problems(after) == []
    assert rows(after, "district", "target", "trained") == STAFF_ROWS


@pytest.mark.parametrize(
    ("name", "headers", "first"),
    [("M07-merged.xlsx", (2, 3, 4), 5), ("M07-two-rows.csv", (2, 3), 4)],
)
def test_m07_merged_headers_become_levels_and_measures(
    name: str, headers: tuple[int, ...], first: int
) -> None:
    reading = read(name)
    assert problems(reading) == []
    assert told(reading) >= {"TITLE", "HEADER_MERGED", "WIDE", "PERIOD_READ"}
    assert reading.sheets[0].header_rows == headers
    assert only(reading).dataset.id == "centers"
    assert sorted(rows(reading, "district", "level", "planned", "upgraded")) == CENTER_ROWS
    assert {int(row) for (row,) in rows(reading, "source_row")} == set(range(first, first + 7))


def test_m07_a_merged_header_that_is_unknown_is_named_in_full_not_guessed() -> None:
    reading = read("M07-deductions.csv")
    assert problems(reading) == [
        ("COLUMN_UNKNOWN", "提醒", None, "超时扣分-分值"),
        ("COLUMN_UNKNOWN", "提醒", None, "超时扣分-数量"),
    ]
    assert rows(reading, "department", "warning", "overdue") == [
        ("education", "31", "1"),
        ("urban_management", "10", "2"),
    ]


def test_m08_line_breaks_blanks_and_units_in_a_heading_do_not_matter() -> None:
    reading = read("M08-headings.csv")
    assert problems(reading) == [("COLUMN_UNKNOWN", "提醒", None, "其它超时数量")]
    assert "WIDE" in told(reading)
    assert stated(reading, "metric", "district", "value", "value_text", "unit") == [
        ("faceless_rate", "city", "96.34", "96.34", "%"),
        ("faceless_rate", "zhonglou", "97.5", "97.5", "%"),
        ("instant_rate", "city", "45.18", "45.18", "%"),
        ("instant_rate", "liyang", "91.3", "91.3", "%"),
    ]


def test_m09_synonyms_in_any_order_are_read_and_an_unknown_column_is_asked_about() -> None:
    before = read("M09-synonyms.csv")
    assert problems(before) == [("COLUMN_UNKNOWN", "提醒", None, "大厅窗口数")]
    assert asked(before).keys() == {"column:大厅窗口数"}
    assert "ignore" in asked(before)["column:大厅窗口数"]
    after = read("M09-synonyms.csv", {"column:大厅窗口数": "ignore"})
    assert problems(after) == []
    for reading in (before, after):
        assert stated(reading, "metric", "district", "value_text", "unit") == [
            ("faceless_rate", "xinbei", "92.9", "%"),
            ("faceless_rate", "zhonglou", "97.5", "%"),
            ("instant_rate", "xinbei", "21.7", "%"),
        ]


def test_m09_an_unknown_column_can_be_mapped() -> None:
    before = read("M09-mapped.csv")
    assert problems(before) == [("COLUMN_UNKNOWN", "提醒", None, "超时限数")]
    assert asked(before)["column:超时限数"] >= {"ignore", "overdue"}
    assert before.sheets[0].mapping.items() >= {("单位", "部门"), ("预警数", "预警件数")}
    assert rows(before, "department", "warning", "overdue") == [
        ("education", "31", None),
        ("urban_management", "10", None),
    ]
    after = read("M09-mapped.csv", {"column:超时限数": "overdue"})
    assert problems(after) == []
    assert after.sheets[0].mapping["超时限数"] == "超期件数"
    assert rows(after, "department", "warning", "overdue") == [
        ("education", "31", "1"),
        ("urban_management", "10", "2"),
    ]


def test_m09_two_headings_of_one_column_block() -> None:
    assert problems(read("M09-twice.csv")) == [("COLUMN_TWICE", "阻断", None, "预警件数")]


@pytest.mark.parametrize(
    ("name", "as_of"), [("M10-2022H1.csv", "2022-06-30"), ("M10-2022Q3.csv", "2022-09-30")]
)
def test_m10_a_site_name_means_the_level_it_had_in_its_period(name: str, as_of: str) -> None:
    reading = read(name)
    assert problems(reading) == []
    assert "LEVEL_BY_PERIOD" in told(reading)
    assert rows(reading, "level", "upgraded", "as_of") == [
        ("town", "7", as_of),
        ("village", "15", as_of),
        ("point", "35", as_of),
    ]


@pytest.mark.parametrize(("period", "level"), [("2022H1", "village"), ("2022Q3", "town")])
def test_m10_without_a_period_a_site_name_waits_for_an_answer(period: str, level: str) -> None:
    before = read("M10-undated.csv")
    assert problems(before) == [
        ("LEVEL_AMBIGUOUS", "阻断", None, "层级"),
        ("PERIOD", "阻断", None, ""),
    ]
    assert asked(before).keys() == {"period", "level:便民服务中心"}
    assert asked(before)["level:便民服务中心"] == {"town", "village"}
    after = read("M10-undated.csv", {"period": period})
    assert problems(after) == []
    assert rows(after, "period", "level", "upgraded") == [(period, level, "15")]


def test_m10_old_and_new_names_in_one_table_wait_for_an_answer() -> None:
    before = read("M10-two-vocabularies.csv")
    assert problems(before) == [("LEVEL_AMBIGUOUS", "阻断", None, "层级")]
    assert asked(before) == {"level:便民服务中心": {"town", "village"}}
    after = read("M10-two-vocabularies.csv", {"level:便民服务中心": "town"})
    assert problems(after) == []
    assert rows(after, "level", "upgraded") == [("town", "7"), ("village", "15")]


# --- totals ----------------------------------------------------------------------------------


def test_m11_a_total_row_is_checked_not_loaded() -> None:
    reading = read("M11-total.csv")
    assert problems(reading) == []
    assert [(i.row, i.severity) for i in reading.issues if i.code == "TOTAL_ROW"] == [(21, "说明")]
    assert rows(reading, "department", "warning", "overdue") == WARNED_ROWS


def test_m11_subtotals_are_totals_of_the_rows_above_them() -> None:
    reading = read("M11-subtotals.csv")
    assert problems(reading) == []
    assert times(reading, "TOTAL_ROW") == 3
    assert rows(reading, "district", "target", "trained") == STAFF_ROWS


def test_m11_a_wrong_total_warns_and_changes_nothing() -> None:
    reading = read("M11-wrong-total.csv")
    assert problems(reading) == [("TOTAL_MISMATCH", "提醒", 21, "预警数")]
    (issue,) = (i for i in reading.issues if i.code == "TOTAL_MISMATCH")
    assert "140" in issue.message
    assert "141" in issue.message
    assert rows(reading, "department", "warning", "overdue") == WARNED_ROWS


def test_m12_a_sum_that_does_not_agree_shows_its_arithmetic() -> None:
    reading = read("M12-points.csv")
    assert problems(reading) == [("TOTAL_MISMATCH", "提醒", 10, "提升数")]
    said = unicodedata.normalize("NFKC", messages(reading, "TOTAL_MISMATCH")).replace(" ", "")
    assert "35+25+35+35+26+25+20=201" in said
    assert "200" in said
    assert rows(reading, "district", "level", "upgraded") == [
        (district, "point", upgraded) for district, upgraded in zip(DISTRICTS, POINTS, strict=True)
    ]


def test_m12_a_share_that_does_not_follow_from_its_parts_is_pointed_out() -> None:
    reading = read("M12-rate.csv")
    assert problems(reading) == [("DERIVED_MISMATCH", "提醒", 4, "完成率")]
    said = messages(reading, "DERIVED_MISMATCH")
    assert "104" in said
    assert "140" in said
    assert rows(reading, "district", "target", "trained") == STAFF_ROWS[:3]


def test_m13_a_formula_nobody_computed_is_sent_back_not_computed() -> None:
    reading = read("M13-not-calculated.xlsx")
    assert problems(reading) == [
        ("FORMULA_EMPTY", "阻断", 10, "培育数"),
        ("FORMULA_EMPTY", "阻断", 10, "目标数"),
    ]
    assert "保存" in messages(reading, "FORMULA_EMPTY")
    assert asked(reading) == {}


def test_m13_a_computed_formula_is_read_by_its_value() -> None:
    reading = read("M13-calculated.xlsx")
    assert reading.encoding == "XLSX"
    assert problems(reading) == []
    assert "TOTAL_ROW" in told(reading)
    assert rows(reading, "district", "target", "trained") == STAFF_ROWS


# --- figures ---------------------------------------------------------------------------------


def test_m14_a_percentage_keeps_its_last_zero() -> None:
    reading = read("M14-percent-text.csv")
    assert problems(reading) == []
    assert rows(reading, "metric", "value", "value_text", "value_qualifier", "unit") == [
        ("power_claim_rate", "85.4", "85.40", None, "%"),
        ("faceless_rate", "96.34", "96.34", None, "%"),
    ]


def test_m15_a_percent_cell_is_read_as_it_is_shown() -> None:
    reading = read("M15-percent-cells.xlsx")
    assert problems(reading) == []
    assert "PERCENT_CELL" in told(reading)
    assert stated(reading, "metric", "district", "value", "value_text", "unit") == [
        ("instant_rate", "jingkai", "30.6", "30.6", "%"),
        ("instant_rate", "liyang", "91.3", "91.3", "%"),
        ("instant_rate", "xinbei", "21.7", "21.7", "%"),
        ("power_claim_rate", "jingkai", "67.5", "67.50", "%"),
        ("power_claim_rate", "liyang", "85.4", "85.40", "%"),
        ("power_claim_rate", "xinbei", "69.2", "69.20", "%"),
    ]


def test_m15_percent_cells_beside_plain_ones_are_refused_by_row() -> None:
    reading = read("M15-mixed.xlsx")
    assert problems(reading) == [("PERCENT_MIXED", "阻断", 3, "权力事项认领率")]


@pytest.mark.parametrize(
    ("answer", "values"), [("100", ("91.3", "21.7", "30.6")), ("1", ("0.913", "0.217", "0.306"))]
)
def test_m16_a_share_below_one_is_asked_about_never_scaled_by_itself(
    answer: str, values: tuple[str, ...]
) -> None:
    before = read("M16-fractions.csv")
    assert problems(before) == [("SCALE", "阻断", None, "即办件占比")]
    assert asked(before) == {"scale:即办件占比": {"100", "1"}}
    after = read("M16-fractions.csv", {"scale:即办件占比": answer})
    assert problems(after) == []
    assert ("NUMBER_SCALED" in told(after)) == (answer == "100")
    assert rows(after, "metric", "district", "value", "unit") == [
        ("instant_rate", district, value, "%")
        for district, value in zip(("liyang", "xinbei", "jingkai"), values, strict=True)
    ]


def test_m16_a_rate_in_points_takes_the_declared_unit() -> None:
    reading = read("M16-points.csv")
    assert problems(reading) == []
    assert "UNIT_FILLED" in told(reading)
    assert rows(reading, "metric", "value", "value_text", "unit") == [
        ("power_claim_rate", "85.4", "85.4", "%")
    ]


def test_m17_a_target_may_be_exceeded() -> None:
    reading = read("M17-over-target.csv")
    assert problems(reading) == []
    assert rows(reading, "district", "target", "trained") == [("wujin", "500", "527")]


def test_m17_a_share_outside_0_to_100_is_refused() -> None:
    reading = read("M17-impossible.csv")
    assert problems(reading) == [
        ("RANGE", "阻断", 2, "权力事项认领率"),
        ("RANGE", "阻断", 3, "监管行为覆盖率"),
    ]


def test_m18_thousands_are_read_in_either_width() -> None:
    reading = read("M18-thousands.csv")
    assert problems(reading) == []
    assert rows(reading, "metric", "value", "value_text", "unit") == [
        ("behaviour_pushed", "25472", "25,472", "条"),
        ("behaviour_stored", "25472", "25,472", "条"),
    ]


def test_m18_thousands_wrongly_grouped_are_refused() -> None:
    assert problems(read("M18-bad-grouping.csv")) == [("NUMBER", "阻断", 2, "数值")]


def test_m19_full_width_figures_are_folded_and_words_are_not() -> None:
    reading = read("M19-full-width.csv")
    assert problems(reading) == []
    assert rows(reading, "metric", "value", "value_text", "unit", "note") == [
        ("power_claim_rate", "85.4", "85.40", "%", "①含新建大厅２００㎡"),
        ("mobile_standard_total", "76", "76", "项", None),
    ]


def test_m20_wan_and_yi_are_counted_and_remembered() -> None:
    reading = read("M20-large-units.csv")
    assert problems(reading) == []
    assert rows(reading, "metric", "value", "value_text", "value_qualifier", "unit") == [
        ("suqitong_cases", "23000", "2.3万", None, "件"),
        ("suqitong_amount", "300000000", "3亿", "近", "元"),
        ("suqitong_entities", "20000", "2万", "余", "家"),
        ("home_service_cases", "10000", "1万", "余", "件"),
        ("mobile_apps", "600", "600", "超", "个"),
        ("suqitong_amount_refund", "75000000", "7500万", "约", "元"),
    ]


def test_m21_people_are_counted_in_any_of_their_units() -> None:
    reading = read("M21-units.csv")
    assert problems(reading) == []
    assert rows(
        reading, "target", "target_text", "target_qualifier", "trained", "trained_text", "unit"
    ) == [("1000", "1000", "不少于", "775", "775", "人")]
    cases = read("M21-cases.csv")
    assert problems(cases) == []
    assert rows(cases, "warning", "warning_text", "overdue", "overdue_text", "unit") == [
        ("31", "31", "1", "1", "件")
    ]


def test_m21_a_unit_of_something_else_blocks() -> None:
    assert problems(read("M21-other-unit.csv")) == [("UNIT", "阻断", 2, "预警数")]


def test_m22_numbers_in_words_are_converted_and_said_so() -> None:
    reading = read("M22-chinese.csv")
    assert problems(reading) == []
    assert times(reading, "NUMBER_CHINESE") == 3
    assert rows(reading, "metric", "value", "value_text", "value_qualifier", "unit") == [
        ("suqitong_entities", "2", "两", None, "家"),
        ("archive_queries", "1000", "千", "近", "份"),
        ("mobile_standard_pending", "23", "二十三", None, "项"),
    ]


def test_m23_a_bound_is_not_a_point() -> None:
    reading = read("M23-bounds.csv")
    assert problems(reading) == []
    assert times(reading, "BOUND") == 4
    assert rows(reading, "metric", "value", "value_text", "value_qualifier", "unit") == [
        ("power_claim_rate", "70", "70", "低于", "%"),
        ("behaviour_coverage", "85", "85", "以上", "%"),
        ("behaviour_coverage", "50", "50", "以下", "%"),
        ("quality_issues", "1", "1", "以下", "条"),
    ]


def test_m24_missing_is_not_zero() -> None:
    reading = read("M24-missing.csv")
    assert problems(reading) == []
    assert rows(reading, "warning", "warning_text", "overdue") == [
        *[(None, None, "1")] * 7,
        *[("0", "0", "1")] * 2,
    ]
    shares = read("M24-zero-rate.csv")
    assert problems(shares) == []
    assert rows(shares, "metric", "value", "value_text", "unit")[0] == (
        "clue_feedback_rate", "0", "0.00", "%",
    )  # fmt: skip
    assert rows(shares, "metric", "value", "value_text")[1:] == [("clue_closure_rate", None, None)]


def test_m25_excel_errors_are_located() -> None:
    assert problems(read("M25-errors.csv")) == [
        ("EXCEL_ERROR", "阻断", 2, "预警数"),
        ("EXCEL_ERROR", "阻断", 3, "超期数"),
    ]
    assert problems(read("M25-errors.xlsx")) == [
        ("EXCEL_ERROR", "阻断", 2, "超期数"),
        ("EXCEL_ERROR", "阻断", 3, "预警数"),
    ]


def test_m26_a_number_kept_as_text_is_a_number() -> None:
    reading = read("M26-text-numbers.csv")
    assert problems(reading) == []
    assert "NUMBER_TEXT" in told(reading)
    assert rows(reading, "warning", "warning_text", "overdue") == [("31", "31", "1")]


def test_m26_a_number_excel_turned_into_a_date_is_refused() -> None:
    reading = read("M26-text-numbers.xlsx")
    assert problems(reading) == [("DATE_IN_NUMBER", "阻断", 3, "超期数")]
    assert "NUMBER_TEXT" in told(reading)
    assert rows(reading, "department", "warning", "overdue") == [
        ("all", "140", "23"),
        ("education", "31", None),
    ]
    assert problems(read("M26-dates.csv")) == [("DATE_IN_NUMBER", "阻断", 3, "预警数")]


def test_m26_a_code_excel_rounded_is_refused() -> None:
    assert problems(read("M26-digits.csv")) == [("DIGITS_LOST", "阻断", 2, "办件编号")]


# --- periods and dates -----------------------------------------------------------------------


def test_m27_periods_and_dates_are_read_in_every_spelling() -> None:
    reading = read("M27-spellings.csv")
    assert problems(reading) == []
    assert told(reading) >= {"PERIOD_READ", "AS_OF_READ"}
    assert only(reading).periods == ("2022H1", "2022Q3")
    assert rows(reading, "period", "value", "as_of") == [
        ("2022H1", "23000", "2022-07-31"),
        ("2022H1", "3763", "2022-06-30"),
        ("2022H1", "4361", "2022-06-30"),
        ("2022H1", "573", "2022-06-30"),
        ("2022H1", "381", "2022-06-30"),
        ("2022Q3", "87", "2022-09-30"),
    ]
    assert rows(reading, "as_of_text")[0] == ("截止7月底",)


def test_m27_a_workbook_period_is_no_decimal_and_a_serial_is_a_date() -> None:
    reading = read("M27-dates.xlsx")
    assert problems(reading) == []
    assert rows(reading, "period", "department", "warning", "as_of") == [
        ("2022H1", "education", "31", "2022-07-31"),
        ("2022H1", "civil_affairs", "21", "2022-06-30"),
    ]


@pytest.mark.parametrize("name", ["M27-unknown.csv", "M27-none.csv"])
def test_m27_an_unknown_period_is_asked_for(name: str) -> None:
    before = read(name)
    assert problems(before) == [("PERIOD", "阻断", None, "")]
    assert asked(before).keys() == {"period"}
    after = read(name, {**H1, "as_of": "2022-07-31"})
    assert problems(after) == []
    assert [i for i in after.issues if i.code == "AS_OF"] == []
    assert rows(after, "period", "department", "warning", "overdue", "as_of") == [
        ("2022H1", "education", "31", "1", "2022-07-31"),
        ("2022H1", "urban_management", "10", "2", "2022-07-31"),
    ]


# --- names -----------------------------------------------------------------------------------


def test_m28_every_alias_of_a_department_is_the_department() -> None:
    reading = read("M28-aliases.csv")
    assert problems(reading) == []
    assert times(reading, "NAME_ALIAS") == 5
    assert rows(reading, "department_text", "department", "value") == [
        ("市市监局", "market", "120"),
        ("市监局", "market", "131"),
        ("市场监管局", "market", "12"),
        ("市市场监管局", "market", "6"),
        ("市市场局", "market", "1"),
        ("市场监督管理局", "market", "9"),
    ]


def test_m28_two_aliases_with_two_figures_are_a_duplicate() -> None:
    reading = read("M28-twice.csv")
    assert problems(reading) == [("DUPLICATE", "阻断", 4, "")]
    assert "第2行" in messages(reading, "DUPLICATE")


def test_m28_names_are_never_matched_by_likeness() -> None:
    reading = read("M28-unknown.csv")
    assert problems(reading) == [("NAME", "阻断", 2, "部门")]
    assert rows(reading, "department_text", "department") == [
        ("市教体局", None),
        ("市体育局", "sports"),
    ]


def test_m29_district_aliases_are_the_district() -> None:
    reading = read("M29-aliases.csv")
    assert problems(reading) == []
    assert "NAME_ALIAS" in told(reading)
    assert rows(reading, "district_text", "district", "value") == [
        ("经开", "jingkai", "136"),
        ("常州经开区", "jingkai", "79"),
        ("经开区", "jingkai", "12"),
        ("常州高新区", "xinbei", "109"),
        ("新北区", "xinbei", "10"),
    ]


@pytest.mark.parametrize("answer", ["xinbei", "jintan"])
def test_m29_an_ambiguous_name_waits_for_an_answer(answer: str) -> None:
    before = read("M29-ambiguous.csv")
    assert problems(before) == [("NAME_AMBIGUOUS", "阻断", 3, "地区")]
    assert asked(before).keys() == {"name:高新区"}
    assert asked(before)["name:高新区"] >= {"xinbei", "wujin", "jintan"}
    after = read("M29-ambiguous.csv", {"name:高新区": answer})
    assert problems(after) == []
    assert rows(after, "district_text", "district", "trained") == [
        ("武进区", "wujin", "146"),
        ("高新区", answer, "131"),
    ]


def test_m29_the_zone_of_wujin_is_not_xinbei() -> None:
    reading = read("M29-wujin.csv")
    assert problems(reading) == [("NAME", "阻断", 3, "地区")]
    assert rows(reading, "district_text", "district") == [
        ("新北区", "xinbei"),
        ("武进高新区", None),
    ]


def test_m30_a_district_of_the_past_stays_itself() -> None:
    reading = read("M30-historical.csv")
    assert {problem[:2] for problem in problems(reading)} == {("NAME_HISTORICAL", "提醒")}
    assert times(reading, "NAME_HISTORICAL") == 2
    assert stated(reading, "district", "value") == [
        ("jingkai", "136"),
        ("jintan_city", "62"),
        ("qishuyan", "41"),
        ("wujin", "157"),
    ]


def test_m31_a_remark_in_brackets_moves_to_the_note() -> None:
    reading = read("M31-annotation.csv")
    assert problems(reading) == []
    assert "NAME_NOTE" in told(reading)
    assert rows(reading, "department", "department_text", "note", "warning") == [
        ("natural_resources", "市自然资源和规划局（含不动产交易中心）", "含不动产交易中心", "4"),
        ("housing", "市住建局", None, "4"),
    ]


# --- layout ----------------------------------------------------------------------------------

LISTED_OVERDUE = [
    ("environment", "14"), ("urban_management", "2"), ("science", "2"), ("housing_fund", "1"),
    ("education", "1"), ("agriculture", "1"), ("medical_insurance", "1"), ("housing", "1"),
]  # fmt: skip
LISTED_WARNINGS = [
    ("education", "31"), ("civil_affairs", "21"), ("tobacco", "20"), ("commerce", "9"),
    ("housing_fund", "9"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "column", "measure", "expected"),
    [
        ("M32-figures.csv", "超期件数", "overdue", LISTED_OVERDUE),
        ("M32-departments.csv", "部门", "warning", LISTED_WARNINGS),
    ],
)
def test_m32_a_list_in_a_cell_is_taken_apart_once_confirmed(
    name: str, column: str, measure: str, expected: list[tuple[str, str]]
) -> None:
    before = read(name)
    assert {(code, severity, at) for code, severity, _, at in problems(before)} == {
        ("LIST_CELL", "阻断", column)
    }
    assert asked(before).keys() == {f"list:{column}"}
    assert "yes" in asked(before)[f"list:{column}"]
    after = read(name, {f"list:{column}": "yes"})
    assert problems(after) == []
    assert "LIST_CELL" in told(after)
    assert rows(after, "department", measure) == expected
    assert set(rows(after, "period", "unit")) == {("2022H1", "件")}


def test_m33_a_row_sent_twice_is_kept_once() -> None:
    reading = read("M33-same.csv")
    assert problems(reading) == [("DUPLICATE_SAME", "提醒", 4, "")]
    assert rows(reading, "district", "target", "trained", "source_row") == [
        ("liyang", "150", "118", "2"),
        ("wujin", "180", "146", "3"),
    ]


def test_m33_two_rows_that_disagree_block_and_name_both() -> None:
    reading = read("M33-different.csv")
    assert problems(reading) == [("DUPLICATE", "阻断", 4, "")]
    assert "第2行" in messages(reading, "DUPLICATE")


def test_m34_a_file_sent_again_is_the_same_and_a_revision_is_not() -> None:
    first, again, revised = (
        only(read(name)) for name in ("M34-first.csv", "M34-first.csv", "M34-revised.csv")
    )
    assert first.sha256 == again.sha256 == hashlib.sha256(sample("M34-first.csv")).hexdigest()
    assert first.table is not None
    assert first.table.equals(again.table)
    assert revised.sha256 != first.sha256
    assert (first.periods, revised.periods) == (("2022H1",), ("2022H1",))
    changed = zip(
        rows(read("M34-first.csv"), "department", "warning", "overdue"),
        rows(read("M34-revised.csv"), "department", "warning", "overdue"),
        strict=True,
    )
    assert [(old, new) for old, new in changed if old != new] == [
        (("civil_affairs", "21", None), ("civil_affairs", "22", None))
    ]


def test_m35_districts_across_become_rows() -> None:
    reading = read("M35-districts-across.csv")
    assert problems(reading) == []
    assert told(reading) >= {"WIDE", "PERIOD_READ"}
    assert only(reading).dataset.id == "indicators"
    claimed = zip(DISTRICTS, CLAIMED.split(","), strict=True)
    assert stated(reading, "metric", "district", "value", "unit", "source_row") == sorted(
        [
            *(("public_service_claimed", district, n, "项", "3") for district, n in claimed),
            ("instant_rate", "liyang", "91.3", "%", "4"),
            ("instant_rate", "xinbei", "21.7", "%", "4"),
            ("instant_rate", "jingkai", "30.6", "%", "4"),
        ]
    )


def test_m35_measures_down_the_side_become_columns() -> None:
    reading = read("M35-measures-down.csv")
    assert problems(reading) == []
    assert only(reading).dataset.id == "staff"
    assert sorted(rows(reading, "district", "target", "trained")) == sorted(STAFF_ROWS)


def test_m35_an_unclear_table_waits_for_an_answer() -> None:
    name = "M35-unclear.csv"
    before = read(name)
    assert problems(before) == [("DATASET", "阻断", None, "")]
    assert asked(before)[f"dataset:{name}/"] >= {"centers", "staff", "indicators"}
    after = read(name, {f"dataset:{name}/": "staff", "column:数量": "trained"})
    assert problems(after) == []
    assert sorted(rows(after, "district", "target", "trained")) == sorted(
        (district, None, trained) for district, _, trained in STAFF_ROWS
    )


@pytest.mark.parametrize("name", ["M36-signatures.csv", "M36-contacts.csv"])
def test_m36_names_and_numbers_of_people_go_nowhere(name: str) -> None:
    reading = read(name)
    assert set(problems(reading)) == {("PERSONAL", "提醒", None, "")}
    draft = only(reading)
    assert draft.table is not None
    kept = repr((reading.issues, draft.issues, draft.remarks, draft.table.to_pylist()))
    assert "某某" not in kept
    assert "13800000000" not in kept
    assert rows(reading, "department", "warning", "overdue")[0] == ("education", "31", "1")


def test_m36_the_table_ends_where_the_notes_begin() -> None:
    reading = read("M36-signatures.csv")
    assert told(reading) >= {"REMARK", "TOTAL_ROW"}
    assert "注：数据截至7月底" in only(reading).remarks
    assert rows(reading, "department", "warning", "overdue") == [
        ("education", "31", "1"),
        ("urban_management", "10", "2"),
    ]
    columns = {i.column for i in read("M36-contacts.csv").issues if i.code == "PERSONAL"}
    assert columns == {"联系人", "手机"}


def test_m37_every_sheet_is_listed_and_hidden_rows_are_read() -> None:
    reading = read("M37-sheets.xlsx")
    assert problems(reading) == [("HIDDEN", "提醒", None, ""), ("SHEET", "提醒", None, "")]
    assert [(sheet.name, sheet.dataset) for sheet in reading.sheets] == [
        ("填报说明", None),
        ("网办预警", "warnings"),
        ("专员", "staff"),
    ]
    assert {(i.code, i.sheet) for i in reading.issues if i.severity == "提醒"} >= {
        ("SHEET", "填报说明"),
        ("HIDDEN", "网办预警"),
        ("HIDDEN", "专员"),
    }
    warned, staff = (draft.table.to_pylist() for draft in reading.drafts)
    assert [(row["source_sheet"], row["source_row"], row["warning_text"]) for row in warned] == [
        ("网办预警", 2, "31"),
        ("网办预警", 3, "21"),
        ("网办预警", 4, "20"),
        ("网办预警", 5, "10"),
    ]
    assert [(row["source_sheet"], row["target_text"]) for row in staff] == [
        ("专员", "150"),
        ("专员", "140"),
        ("专员", "180"),
    ]


def test_m37_a_hidden_sheet_is_listed_and_said_to_be_hidden() -> None:
    reading = read("M37-hidden-sheet.xlsx")
    assert problems(reading) == [("HIDDEN", "提醒", None, "")]
    assert [sheet.name for sheet in reading.sheets] == ["网办预警", "上年同期"]
    assert {i.sheet for i in reading.issues if i.code == "HIDDEN"} == {"上年同期"}


def test_m38_a_shifted_row_is_refused_not_filled_up() -> None:
    reading = read("M38-shifted.csv")
    assert problems(reading) == [("WIDTH", "阻断", 3, ""), ("WIDTH", "阻断", 5, "")]
    assert rows(reading, "department", "warning", "overdue") == [
        ("education", "31", "1"),
        ("urban_management", "10", "2"),
    ]


def test_m38_an_empty_column_does_no_harm() -> None:
    reading = read("M38-empty-column.csv")
    assert problems(reading) == []
    assert rows(reading, "department", "warning", "overdue") == [
        ("education", "31", "1"),
        ("urban_management", "10", "2"),
    ]


# --- safety ----------------------------------------------------------------------------------


def test_m39_a_formula_is_kept_as_text_and_said_so() -> None:
    reading = read("M39-formulas.csv")
    assert {problem[:2] for problem in problems(reading)} == {("FORMULA_TEXT", "提醒")}
    assert times(reading, "FORMULA_TEXT") == 6
    assert [(note or "").strip() for (note,) in rows(reading, "note")] == [
        "=1+1",
        '=HYPERLINK("http://example.invalid","点我")',
        "@cmd",
        "+1+1",
        "-1+1",
        "=1+1",
        "较去年-3件",
    ]


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("M40-old.xls", "FILE_TYPE", "xls"),
        ("M40-macro.xlsm", "FILE_TYPE", "宏"),
        ("M40-macro-renamed.xlsx", "FILE_TYPE", "宏"),
        ("M40-locked.xlsx", "FILE_TYPE", "密"),
        ("M40-picture.xlsx", "FILE_TYPE", ""),
        ("M40-damaged.xlsx", "FILE_DAMAGED", ""),
        ("M40-empty.csv", "FILE_EMPTY", ""),
        ("M40-bomb.xlsx", "FILE_SIZE", ""),
        ("M40-large.csv", "FILE_SIZE", ""),
    ],
)
def test_m40_a_file_that_cannot_be_read_is_refused_in_plain_words(
    name: str, code: str, word: str
) -> None:
    reading = read(name)
    assert problems(reading) == [(code, "阻断", None, "")]
    assert word in messages(reading, code)
    assert (reading.drafts, reading.sheets) == ((), ())


def test_m40_a_workbook_is_known_by_its_content_not_its_name() -> None:
    reading = read("M40-workbook-named.csv")
    assert reading.encoding == "XLSX"
    assert [problem for problem in problems(reading) if problem[1] == "阻断"] == []
    assert rows(reading, "department", "warning", "overdue") == [("education", "31", "1")]


@pytest.mark.parametrize("name", ["M41-rows.csv", "M41-long-cell.csv"])
def test_m41_too_many_rows_or_too_long_a_cell_stops_the_reading(name: str) -> None:
    reading = read_file(sample(name), name, limits=replace(UPLOAD, rows=100_000))
    assert {problem[:2] for problem in problems(reading)} == {("FILE_SIZE", "阻断")}
    assert all(draft.blocked for draft in reading.drafts)


def test_m37_a_sheet_can_be_left_out() -> None:
    whole = read("M37-sheets.xlsx")
    left, *others = [draft.sheet for draft in whole.drafts]
    fewer = read("M37-sheets.xlsx", {f"dataset:M37-sheets.xlsx/{left}": "ignore"})
    assert [draft.sheet for draft in fewer.drafts] == others
    assert "SHEET_LEFT_OUT" in told(fewer)
