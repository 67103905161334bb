"""Values that a format, a date or a state could make mean something else."""

from __future__ import annotations

import datetime as dt

import pytest

from lib.clock import china_today
from lib.intake.files.limits import UPLOAD
from lib.intake.files.workbook import workbook_grids
from lib.intake.reading import Reading, read_file
from tests.books import book


@pytest.mark.parametrize(
    ("value", "pattern", "shown", "note"),
    [
        (0.5, '0.00"%"', "0.50%", "percent"),
        (50, "0.00\\%", "50.00%", "percent"),
        (0.5, "0.00%", "50.00%", "percent"),
        (33, '0"万"', "33万", None),
        (3.26, '0.0"亿"', "3.3亿", "rounded"),
        (33, '#,##0"万元"', "33万", None),
        (123456, '0!.0,"万"', "123456", None),
        (31, '0"件"', "31", None),
        (31, "0.0_);[Red]\\-0.0", "31.0", None),
        (31, '0;"负"0"%"', "31", None),
    ],
)
def test_what_a_format_writes_around_a_number_is_read(
    value: float, pattern: str, shown: str, note: str | None
) -> None:
    (grid,) = workbook_grids(book({"一": [[(value, pattern)]]}), UPLOAD)
    assert (grid.rows, grid.notes) == ([[shown]], {(0, 0): note} if note else {})


TODAY = china_today()
HEADER = "期次,部门,预警件数,超期件数,单位,时点,截止日期,备注"


def read(*lines: str, header: str = HEADER, choices: dict[str, str] | None = None) -> Reading:
    return read_file("\r\n".join((header, *lines)).encode("utf-8-sig"), "表.csv", choices)


def told(reading: Reading) -> list[tuple[str, str, int | None, str, int]]:
    return [
        (i.code, i.severity, i.row, i.column, i.count)
        for i in reading.issues
        if i.severity != "说明"
    ]


def test_a_period_that_has_not_begun_is_asked_about_once() -> None:
    year = TODAY.year + 1
    lines = [f"{year},{name},3,,件,,{TODAY}," for name in ("市教育局", "市民政局")]
    found = told(read(*lines))
    assert found == [
        ("PERIOD_FUTURE", "提醒", 2, "期次", 2),
        ("AS_OF_ODD", "提醒", 2, "截止日期", 2),
    ]


def test_a_period_more_than_a_year_ahead_blocks() -> None:
    reading = read(f"{TODAY.year + 2},市教育局,3,,件,,{TODAY},")
    assert ("PERIOD_FUTURE", "阻断", 2, "期次", 1) in told(reading)
    assert reading.blocked


@pytest.mark.parametrize("day", [dt.date(2021, 12, 31), TODAY + dt.timedelta(days=1)])
def test_a_day_outside_what_can_be_known_is_asked_about_once(day: dt.date) -> None:
    lines = [f"2022H1,{name},3,,件,,{day}," for name in ("市教育局", "市民政局")]
    assert told(read(*lines)) == [("AS_OF_ODD", "提醒", 2, "截止日期", 2)]
    assert (
        told(read("2022H1,市教育局,3,,件,,2022-01-01,", f"2022H1,市民政局,3,,件,,{TODAY},")) == []
    )


def test_words_that_mean_another_day_are_asked_about_once() -> None:
    reading = read(
        "2022H1,市教育局,3,,件,上半年,2022-06-30,",
        "2022H1,市民政局,3,,件,7月底,2022-06-30,",
        "2022H1,市财政局,3,,件,7月底,2022-06-30,",
        "2022H1,市公安局,3,,件,3月,2022-03-31,",
    )
    assert told(reading) == [("AS_OF_DIFFERS", "提醒", 3, "截止日期", 2)]
    assert {str(d) for d in reading.drafts[0].table["as_of"].to_pylist()} == {
        "2022-06-30",
        "2022-03-31",
    }


def test_the_day_a_file_states_goes_before_the_chosen_one_and_is_said() -> None:
    lines = ("市教育局,3", "市民政局,5", "注：数据截至7月底,")
    choices = {"period": "2022H1", "as_of": "2022-06-30"}
    reading = read(*lines, header="部门,预警件数", choices=choices)
    assert told(reading) == [("AS_OF_DIFFERS", "提醒", None, "", 1)]
    table = reading.drafts[0].table
    assert {str(day) for day in table["as_of"].to_pylist()} == {"2022-07-31"}
    same = read(*lines, header="部门,预警件数", choices=choices | {"as_of": "2022-07-31"})
    assert told(same) == []
    assert same.drafts[0].table["as_of_text"].to_pylist() == ["7月底"] * 2


CASES = (
    "期次,办件编号,地区,部门,事项名称,渠道,受理日期,承诺办结日期,办结日期,状态,时点,截止日期,备注"
)


def case(number: int, due: str, finished: str, state: str) -> str:
    return f"2022H1,C{number:05},溧阳市,市公安局,户口迁移,窗口,2022-03-05,{due},{finished},{state},,2022-06-30,"


@pytest.mark.parametrize("bulk_bytes", [1 << 30, 1])
def test_cases_that_contradict_themselves_are_counted(bulk_bytes: int) -> None:
    lines = [case(n, "2022-03-10", "", "办理中") for n in range(30)]
    lines += [case(n, "2022-03-10", "2022-03-09", "已办结") for n in range(30, 60)]
    lines += [
        case(60, "2022-03-04", "2022-03-09", "已办结"), case(61, "2022-03-10", "", "已办结"),
        case(62, "2022-03-10", "2022-03-09", "办理中"), case(63, "2022-03-01", "", "已退回"),
    ]  # fmt: skip
    content = "\r\n".join((CASES, *lines)).encode("utf-8-sig")
    reading = read_file(content, "办件.csv", bulk_bytes=bulk_bytes)
    assert sorted(told(reading)) == [
        ("CASE_DATES", "提醒", 62, "承诺办结日期", 2),
        ("CASE_STATE", "提醒", 63, "办结日期", 1),
        ("CASE_STATE", "提醒", 64, "办结日期", 1),
    ]
