"""Written periods and days, in every spelling that is read, and nothing that is not one."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.catalog.periods import parse_period
from lib.intake.words.dates import ReadPeriod, as_of_in, period_in, read_day, read_period

YEARS = st.integers(2000, 2099)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
PARTS = ["", "H1", "H2", *(f"Q{n}" for n in range(1, 5)), *(f"M{n:02d}" for n in range(1, 13))]
IDS = st.builds(lambda year, part: f"{year}{part}", YEARS, st.sampled_from(PARTS))
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ODD = st.sampled_from(["", " ", "\u00a0", "\u3000", "\u200b"])


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def half(day: dt.date) -> str:
    return f"{day.year}H{1 if day.month <= 6 else 2}"


@given(IDS)
def test_every_period_is_found_by_its_id_and_by_its_label(period_id: str) -> None:
    period = parse_period(period_id)
    assert period is not None
    assert period.id == period_id
    for text in (period_id, period_id.lower(), period_id.translate(WIDE), period.label):
        found = read_period(text)
        assert found is not None
        assert found.id == period_id
        assert found.as_of in (None, period.end)


@given(YEARS, st.sampled_from(PARTS[1:7]))
def test_a_half_or_a_quarter_is_read_in_every_spelling(year: int, part: str) -> None:
    first = {"H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}[part]
    last = first + (5 if part[0] == "H" else 2)
    words = {"H1": ["上半年"], "H2": ["下半年"]}.get(part, [f"第{n}季度" for n in ["一二三四"[int(part[1]) - 1]]])  # fmt: skip
    words += [word.removeprefix("第") for word in words] + [f"{first}-{last}月", f"{first}月至{last}月份", f"{first}—{last}月"]  # fmt: skip
    for word in words:
        for written in (f"{year}年{word}", f"{year % 100:02d}年{word}"):
            assert read_period(written) == ReadPeriod(f"{year}{part}")
            assert period_in(f"{written}网办情况统计表") in (f"{year}{part}", None)
    assert read_period(f"{year}年{words[0]}".replace("年", "年 ")) == ReadPeriod(f"{year}{part}")


@given(YEARS)
def test_a_whole_year_is_read_in_every_spelling(year: int) -> None:
    for written in (f"{year}", f"{year}年", f"{year}年度", f"{year}年全年", f"{year}年1-12月"):
        assert read_period(written) == ReadPeriod(str(year))


@given(YEARS, st.integers(1, 12))
def test_a_year_with_a_month_is_that_month_or_a_point_in_its_half(year: int, month: int) -> None:
    end = month_end(year, month)
    for written in (
        f"{year}年{month}月",
        f"{year}年{month:02d}月份",
        f"{year % 100:02d}年{month}月",
    ):
        assert read_period(written) == ReadPeriod(f"{year}M{month:02d}", end)
    for written in (f"{year}.{month}", f"{year}-{month:02d}", f"{year}/{month}"):
        assert read_period(written) == ReadPeriod(half(end), end)


@given(DAYS, ODD)
def test_a_day_is_read_in_every_spelling_and_is_a_point_in_its_half(day: dt.date, odd: str) -> None:
    year, month, date = day.year, day.month, day.day
    for written in (
        day.isoformat(), f"{year}/{month}/{date}", f"{year}.{month:02d}.{date:02d}",
        f"{year}年{odd}{month}月{odd}{date}日", f"{day:%Y%m%d}", f"截至{year}年{month}月{date}日",
        f"数据截止日期：{day.isoformat()}", f"{day.isoformat()} 00:00:00",
        day.isoformat().translate(WIDE), str((day - dt.date(1899, 12, 30)).days),
    ):  # fmt: skip
        if written.isdecimal() and len(written) == 5 and written[0] not in "34":
            continue  # serial numbers are read for the years 1982 to 2036
        assert read_day(written) == day
        assert read_period(written) == ReadPeriod(half(day), day)


@given(IDS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_takes_it_from_the_period(period: str, month: int, day: int) -> None:
    year = int(period[:4])
    end = month_end(year, month)
    expected = {
        f"{month}月{day}日": dt.date(year, month, day), f"{month}月底": end, f"{month}月末": end,
        f"{month}月下旬": end, f"截至{month}月底": end, f"{month}月上旬": end.replace(day=10),
        f"{month}月中旬": end.replace(day=20), "上半年": dt.date(year, 6, 30),
        "下半年": dt.date(year, 12, 31), "年底": dt.date(year, 12, 31), f"{month}月初": None,
    }  # fmt: skip
    assert {text: read_day(text, period) for text in expected} == expected
    assert {text: read_day(text) for text in expected} == dict.fromkeys(expected)


@pytest.mark.parametrize(
    "text",
    ["", "三季度", "1-6月", "22年", "2022年2-5月", "2022H3", "2022M13", "2022M7", "2022Q03", "2022H01",
     "20٢٢", "2022年13月", "2022-02-30", "2022年6月①", "2022年1,2月", "2022,7", "半年", "20220230",
     "2022年上半年、下半年", "29999", "50000"],
)  # fmt: skip
def test_what_is_no_period_is_not_guessed(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "7月", "2022-02-30", "2022-13-01", "20220230", "7月32日", "13月底", "1,2月底", "2022-07-3①",
     "2022-07-31 15:30", "2022-07", "某日", "29999", "50000"],
)  # fmt: skip
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text, "2022H1") is None


@given(st.text(max_size=20))
def test_any_text_is_a_period_of_the_register_or_none(text: str) -> None:
    found, day = read_period(text), read_day(text, "2022H1")
    assert found is None or parse_period(found.id) is not None
    assert day is None or 1982 <= day.year <= 2099


SPANS = IDS.filter(lambda period: period[4:5] in ("H", "Q"))


@given(SPANS, SPANS)
def test_a_title_gives_its_period_only_where_it_names_one(one: str, two: str) -> None:
    labels = [p.label for name in (one, two) if (p := parse_period(name))]
    assert period_in(f"常州市{labels[0]}网办情况.xlsx") == one
    assert period_in(f"常州市{labels[0]}与{labels[1]}对比表") == (one if one == two else None)


@pytest.mark.parametrize(
    ("title", "period", "until"),
    [
        ("2022年上半年统计表（截至7月底）", "2022H1", "7月底"),
        ("数据截止日期：2022-07-31", None, "2022-07-31"),
        ("截至2022年7月31日", None, "2022年7月31日"),
        ("22年1-6月情况.xlsx", "2022H1", None),
        ("市政务办2022年三季度", "2022Q3", None),
        ("截至目前", None, None),
    ],
)
def test_what_a_title_says(title: str, period: str | None, until: str | None) -> None:
    assert (period_in(title), as_of_in(title)) == (period, until)
