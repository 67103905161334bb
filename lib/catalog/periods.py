"""Periods such as 2022H1, 2022Q3 or 2022: text that knows its dates and its Chinese label."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache

_PATTERN = re.compile(r"(?P<year>20\d\d)(?:(?P<kind>[HQM])(?P<number>\d{1,2}))?")
_MONTHS = {"H": 6, "Q": 3, "M": 1}
_HALVES = {1: "上半年", 2: "下半年"}
_QUARTERS = {1: "一季度", 2: "二季度", 3: "三季度", 4: "四季度"}


@dataclass(frozen=True, order=True)
class Period:
    """A reporting period. Ordered by its last day, then its first."""

    end: dt.date
    start: dt.date
    id: str

    @property
    def months(self) -> int:
        """How long it is: 12, 6, 3 or 1."""
        return self.end.month - self.start.month + 1

    @property
    def label(self) -> str:
        """For people: 2022年上半年, 2022年三季度, 2022年7月, 2022年."""
        kind, number = self.id[4:5], int(self.id[5:] or 0)
        part = {"H": _HALVES, "Q": _QUARTERS}.get(kind, {}).get(number)
        return f"{self.start.year}年{part or (f'{number}月' if kind else '')}"


@cache
def parse_period(text: str) -> Period | None:
    """The period named by an id (`2022H1`, `2022Q3`, `2022M07`, `2022`), else None."""
    match = _PATTERN.fullmatch(text.strip())
    if not match:
        return None
    year, kind = int(match["year"]), match["kind"]
    span = _MONTHS.get(kind or "", 12)
    number = int(match["number"] or 1)
    if number < 1 or number * span > 12:
        return None
    first, last = (number - 1) * span + 1, number * span
    end = dt.date(year, last, monthrange(year, last)[1])
    spelled = f"{number:02d}" if kind == "M" else str(number) if kind else ""
    name = f"{year}{kind or ''}{spelled}"  # one period, one id: 2022M7 is none
    return Period(end, dt.date(year, first, 1), name) if name == text.strip() else None


def period_label(text: str) -> str:
    """A period id for people; the text itself where it is none."""
    parsed = parse_period(text)
    return parsed.label if parsed else text


def elapsed_share(day: dt.date, period: str) -> float:
    """序时进度: the share of the period's year gone at the end of `day`.

    0 before that year, and capped at 1 after it: figures of a second half are often dated in the
    next January, when nothing of the year they are of is left.
    """
    known = parse_period(period)
    first = dt.date(known.end.year if known else day.year, 1, 1)
    length = (dt.date(first.year + 1, 1, 1) - first).days
    return min(max((day - first).days + 1, 0), length) / length


def is_over(day: dt.date, period: str) -> bool:
    """Whether the period's year had ended before `day`, so that 序时进度 is capped."""
    known = parse_period(period)
    return known is not None and day.year > known.end.year
