"""One metric over the periods of a release, and what changed from one to the next.

Unlike bases are not compared: the reason is given instead of a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lib.catalog.demo import DEMO_MARK
from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.periods import Period, parse_period
from lib.catalog.qualifiers import BOUNDS
from lib.insight.wording import number
from lib.queries.facts import Fact, fact_book
from lib.queries.release import opened_release


@dataclass(frozen=True)
class Point:
    """A metric in one period; `fact` is None where it was not stated: missing, not zero.

    label: the period for people, marked where its figures are made up
    """

    period: Period
    fact: Fact | None
    label: str


@dataclass(frozen=True)
class Change:
    """From one period (`before`, for people) to a later one. `difference` is in the metric's unit, None where `reason`
    says why there is none."""

    before: str
    difference: Decimal | None
    unit: str
    reason: str = ""

    @property
    def text(self) -> str:
        """For people: 比2021年下半年＋163人."""
        if self.difference is None:
            return f"与{self.before}不比：{self.reason}"
        return f"比{self.before}{self.amount}"

    @property
    def amount(self) -> str:
        """For a table: ＋163人, 持平, 不比."""
        if self.difference is None:
            return "不比"
        sign = "＋" if self.difference > 0 else "－"
        return f"{sign}{number(abs(self.difference))}{self.unit}" if self.difference else "持平"


def periods(release_id: str) -> list[Period]:
    """The periods a release holds, oldest first."""
    return [found for name in opened_release(release_id).periods if (found := parse_period(name))]


def history(
    release_id: str, metric: str, district: str | None = "city", department: str | None = None
) -> list[Point]:
    """A metric of one place in every period of a release, oldest first."""
    return [
        point(release_id, period, metric, district, department) for period in periods(release_id)
    ]


def point(
    release_id: str, period: Period, metric: str, district: str | None, department: str | None
) -> Point:
    """A metric of one place in one period."""
    fact = fact_book(release_id, period.id).get(metric, district, department)
    return Point(period, fact, marked_label(release_id, period))


def marked_label(release_id: str, period: Period) -> str:
    """A period for people; one with made-up figures says so wherever it is named."""
    made_up = opened_release(release_id).made_up(period.id)
    return f"{period.label}（{DEMO_MARK}）" if made_up else period.label


def earlier(release_id: str, period: str) -> Period | None:
    """The last period of the same length before one, such as the half-year before a half-year."""
    now = parse_period(period)
    if now is None:
        return None
    before = [p for p in periods(release_id) if p.end < now.start and p.months == now.months]
    return before[-1] if before else None


def year_before(release_id: str, period: str) -> Period | None:
    """The same part of the year before (2021H1 for 2022H1), where the release holds it."""
    now = parse_period(period)
    wanted = now and parse_period(f"{now.start.year - 1}{now.id[4:]}")
    return wanted if wanted in periods(release_id) else None


def change(before: Point, after: Point) -> Change | None:
    """What changed; None where either figure is missing."""
    one, two = before.fact, after.fact
    if one is None or two is None:
        return None
    about = METRIC_BY_ID[two.metric]
    unit = "个百分点" if about.unit == "%" else "位" if about.basis == "rank" else two.unit or ""
    reason = ""
    if about.basis == "flow" and before.period.months != after.period.months:
        reason = "累计的时长不同"
    elif {one.qualifier, two.qualifier} & BOUNDS:
        reason = "有一期是界限"
    elif (one.unit or "") != (two.unit or ""):
        reason = "单位不同"
    return Change(before.label, None if reason else two.value - one.value, unit, reason)
