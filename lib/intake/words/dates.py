"""Written periods and days: what 2022.6, 22年1-6月, 截至7月底 or 44742 mean. Unsure means None."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import partial

from lib.catalog.periods import parse_period
from lib.catalog.places import clean_name
from lib.intake.words.numbers import half_width

# Other scripts have digits too; they are no dates of ours.
_pattern = partial(re.compile, flags=re.ASCII)
_YEAR = r"(?P<year>20\d\d|\d\d)"
_HALF = _pattern(rf"{_YEAR}年?(?P<half>上半年|下半年|全年|H1|H2)")
_QUARTER = _pattern(rf"{_YEAR}年?(?:第?(?P<chinese>[一二三四])季度|Q(?P<number>[1-4]))")
_MONTHS = _pattern(rf"{_YEAR}年(?P<first>\d\d?)(?:月份?)?[-—–~至到](?P<last>\d\d?)月份?")
_MONTH = _pattern(rf"{_YEAR}年(?P<month>\d\d?)月份?")
_POINT = _pattern(r"(?P<year>20\d\d)[./-](?P<month>\d\d?)")
_WHOLE_YEAR = _pattern(r"(?P<year>20\d\d)年(?:度)?")
_DAY = _pattern(
    r"(?P<year>20\d\d)(?:年|[./-])(?P<month>\d\d?)(?:月|[./-])(?P<day>\d\d?)日?(?: ?00:00(?::00)?)?"
)
_COMPACT_DAY = _pattern(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_MONTH_DAY = _pattern(r"(?P<month>\d\d?)月(?P<day>\d\d?)日")
_PART = _pattern(
    rf"(?:{_YEAR}年)?(?P<month>\d\d?)月(?:份)?(?P<part>底|末|上旬|中旬|中下旬|下旬|初)"
)
_HALF_END = _pattern(rf"(?:{_YEAR}年)?(?P<half>上半年|下半年|全年|年底|年末)")
_UNTIL = _pattern(r"^(?:数据)?(?:截至|截止|截止到|截至到|截止至)(?:日期|时间)?[:：]?")
_SPANS = {
    (1, 6): "H1",
    (7, 12): "H2",
    (1, 3): "Q1",
    (4, 6): "Q2",
    (7, 9): "Q3",
    (10, 12): "Q4",
    (1, 12): "",
}
_HALVES = {"上半年": "H1", "H1": "H1", "下半年": "H2", "H2": "H2", "全年": ""}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_PART_DAYS = {"上旬": 10, "中旬": 20}
_GROUPED_SERIAL = _pattern(r"[34]\d,\d{3}")
_SERIAL = _pattern(r"[34]\d{4}")  # days since 1899-12-30: the years 1982 to 2036
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class ReadPeriod:
    """A period's id and, where the text was a day or a month's end, that day."""

    id: str
    as_of: dt.date | None = None


def _folded(text: str) -> str:
    folded = clean_name(half_width(text))
    return folded.replace(",", "") if _GROUPED_SERIAL.fullmatch(folded) else folded


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month_end(year: int, month: int) -> dt.date | None:
    return dt.date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _half_of(day: dt.date) -> ReadPeriod:
    return ReadPeriod(f"{day.year}H{1 if day.month <= 6 else 2}", day)


def read_period(text: str) -> ReadPeriod | None:
    """The period a cell names. A day, a year.month or a serial number is a point in its half-year."""
    folded = _UNTIL.sub("", _folded(text)).upper()
    if parse_period(folded):
        return ReadPeriod(folded)
    if match := _HALF.fullmatch(folded):
        return ReadPeriod(f"{_year(match['year'])}{_HALVES[match['half']]}")
    if match := _QUARTER.fullmatch(folded):
        number = match["number"] or _QUARTERS[match["chinese"]]
        return ReadPeriod(f"{_year(match['year'])}Q{number}")
    if match := _MONTHS.fullmatch(folded):
        span = _SPANS.get((int(match["first"]), int(match["last"])))
        return None if span is None else ReadPeriod(f"{_year(match['year'])}{span}")
    if match := _WHOLE_YEAR.fullmatch(folded):
        return ReadPeriod(match["year"])
    if match := _MONTH.fullmatch(folded):
        end = _month_end(_year(match["year"]), int(match["month"]))
        return ReadPeriod(f"{end.year}M{end.month:02d}", end) if end else None
    if match := _POINT.fullmatch(folded):
        end = _month_end(int(match["year"]), int(match["month"]))
        return _half_of(end) if end else None
    day = _whole_day(folded)
    return _half_of(day) if day else None


def _whole_day(folded: str) -> dt.date | None:
    if match := _DAY.fullmatch(folded) or _COMPACT_DAY.fullmatch(folded):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if _SERIAL.fullmatch(folded):
        return _EPOCH + dt.timedelta(days=int(folded))
    return None


def read_day(text: str, period: str | None = None) -> dt.date | None:
    """The day a cell names; 7月底 or 上半年 take their year from the period, and end it."""
    folded = _UNTIL.sub("", _folded(text))
    if day := _whole_day(folded):
        return day
    known = parse_period(period) if period else None
    default = known.end.year if known else None
    if match := _MONTH_DAY.fullmatch(folded):
        return _day(default, int(match["month"]), int(match["day"])) if default else None
    if match := _PART.fullmatch(folded):
        year = _year(match["year"]) if match["year"] else default
        if year is None or match["part"] == "初":
            return None
        end = _month_end(year, int(match["month"]))
        days = _PART_DAYS.get(match["part"])
        return end.replace(day=days) if end and days else end
    if match := _HALF_END.fullmatch(folded):
        year = _year(match["year"]) if match["year"] else default
        return _month_end(year, 6 if match["half"] == "上半年" else 12) if year else None
    return None


_IN_TITLE = (
    _pattern(r"20\d\d年?(?:上半年|下半年|全年|H[12]|Q[1-4]|第?[一二三四]季度)"),
    _pattern(r"20\d\d年\d\d?月?[-—–~至到]\d\d?月份?"),
    _pattern(r"(?<!\d)\d\d年(?:上半年|下半年|\d\d?-\d\d?月)"),
)
_UNTIL_IN_TITLE = _pattern(
    r"(?:截至|截止到?)(?:日期|时间)?[:：]?\s*((?:20\d\d年)?\d\d?月(?:底|末|\d\d?日|[上中下]旬)|20\d\d[./-]\d\d?[./-]\d\d?)"
)


def period_in(text: str) -> str | None:
    """The one period a title or file name speaks of; None where it is none or several."""
    folded = _folded(text)
    named = {m.group() for pattern in _IN_TITLE for m in pattern.finditer(folded)}
    found = {read.id for name in named if (read := read_period(name))}
    return found.pop() if len(found) == 1 else None


def as_of_in(text: str) -> str | None:
    """The words after 截至 in a title or remark, such as 2022年7月底."""
    match = _UNTIL_IN_TITLE.search(_folded(text))
    return match[1] if match else None
