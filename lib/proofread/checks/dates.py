"""日期: a signature's day that lost 月 or 日, days no calendar has, padded months and days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Passage, Reading, Span

_RUN_TOGETHER = re.compile(r"(?P<year>20\d\d)年(?P<digits>\d{2,4})日?")
_NO_DAY_SIGN = re.compile(r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})")
_NO_DAY = re.compile(r"20\d\d年\d{1,2}月?")
_DAY = re.compile(r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _written(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _readings(year: int, digits: str) -> list[dt.date]:
    """Every day that month and day written without signs can be."""
    splits = ((digits[:at], digits[at:]) for at in range(1, len(digits)))
    days = (_day(year, int(m), int(d)) for m, d in splits if m[0] != "0" and d[0] != "0")
    return [day for day in days if day]


def _signed(passage: Passage) -> Iterator[Hit]:
    text = passage.text.strip()
    start = passage.text.find(text)
    span = Span(passage, start, start + len(text))
    if match := _RUN_TOGETHER.fullmatch(text):
        days = _readings(int(match["year"]), match["digits"])
        mend = _written(days[0]) if len(days) == 1 else None
        told = "或".join(map(_written, days)) or "×年×月×日"
        yield Hit(
            span, f"成文日期“{text}”缺“月”“日”，应为{told}", told, "确定", mend
        )  # fmt: skip
    elif match := _NO_DAY_SIGN.fullmatch(text):
        yield Hit(span, f"成文日期“{text}”缺“日”", f"{text}日", "确定", f"{text}日")
    elif _NO_DAY.fullmatch(text):
        yield Hit(span, f"成文日期“{text}”没有写到日", "", "很可能")


def _impossible(passage: Passage) -> Iterator[Hit]:
    for match in _DAY.finditer(passage.text):
        year = int(match["year"] or 2000)
        day = _day(year, int(match["month"]), int(match["day"]))
        span = Span(passage, *match.span())
        if day is None:
            yield Hit(span, f"没有“{match[0]}”这一天", "", "确定")
        elif match["month"][0] == "0" or match["day"][0] == "0":
            mend = f"{match['year'] + '年' if match['year'] else ''}{day.month}月{day.day}日"
            yield Hit(span, f"月、日不编虚位，“{match[0]}”应为“{mend}”", mend, "确定", mend)


def dates(reading: Reading) -> Iterator[Hit]:
    """Days that are incomplete where they sign, or that no calendar has."""
    for passage in reading.passages:
        if passage.role == "date":
            yield from _signed(passage)
        if passage.role in ("date", "body", "heading"):
            yield from _impossible(passage)
