"""How old cases are: days overdue, days left, days it took; and every status with its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lib.catalog.handling import FINISHED, STATUSES, WARN_DAYS
from lib.insight.caseload import by_days, chosen, of_status, portion, whole
from lib.insight.cells import Way, bar, count, led
from lib.insight.status import Tone
from lib.insight.table import Table, table
from lib.insight.wording import MISSING, grouped
from lib.selection import Selection
from lib.views.case_groups import COUNTED, PAGE
from lib.views.exhibit import Exhibit

Band = tuple[int, int | None]


@dataclass(frozen=True)
class _Ages:
    """Days of some statuses in bands; `before` names what lies below the first, where there is any."""

    title: str
    statuses: tuple[str, ...]
    what: str
    tone: Tone
    bands: tuple[Band, ...]
    before: str = ""


AGES = {
    "overdue": _Ages(
        "超期未结：已超期天数", ("overdue",), "超期", "red",
        ((1, 3), (4, 7), (8, 15), (16, 30), (31, None)),
    ),
    "left": _Ages(
        "即将到期：剩余天数", ("due_soon",), "剩", "orange",
        tuple((day, day) for day in range(WARN_DAYS + 1)),
    ),
    "handling": _Ages(
        "办结用时", FINISHED, "", "blue",
        ((0, 0), (1, 3), (4, 7), (8, 15), (16, 30), (31, 60), (61, None)), "早于受理",
    ),
}  # fmt: skip


@lru_cache(maxsize=32)
def case_ages(selection: Selection, kind: str) -> Exhibit:
    """Cases by days, in the bands of AGES: 件 and their share."""
    ages = AGES[kind]
    counts = of_status(chosen(selection, "standing"), *ages.statuses)
    numbers = by_days(counts, ages.bands)
    labels = [_label(band, ages.what) for band in ages.bands]
    if early := int(counts.cases.sum()) - sum(numbers):
        numbers, labels = [early, *numbers], [ages.before, *labels]
    return Exhibit(
        f"case-{kind}", ages.title, _reading(ages, labels, numbers),
        _table(labels, numbers, ages), remark="件", key="天数",
    )  # fmt: skip


def _label(band: Band, what: str) -> str:
    low, high = band
    if high is None:
        return f"{what}超过{low - 1}天"
    if high == 0:
        return "当天"
    return f"{what}{low}天" if low == high else f"{what}{low}至{high}天"


def _table(labels: Sequence[str], numbers: Sequence[int], ages: _Ages) -> Table:
    longest, total = max(numbers, default=0), sum(numbers)
    rows = (
        (name, bar(count(n), n / (longest or 1), ages.tone), portion(n, total))
        for name, n in zip(labels, numbers, strict=True)
    )
    return table(("天数", "件数", "占比"), rows if total else ())


def _reading(ages: _Ages, labels: Sequence[str], numbers: Sequence[int]) -> str:
    total = sum(numbers)
    if not total:
        return f"所选范围没有{ages.title.partition('：')[0].replace('用时', '的')}办件。"
    most = max(range(len(numbers)), key=lambda n: numbers[n])
    said = f"共{grouped(total)}件，{labels[most]}的最多，{grouped(numbers[most])}件，占{portion(numbers[most], total)}"
    if ages.bands[-1][1] is None and most != len(numbers) - 1:
        said += f"；{labels[-1]}的{grouped(numbers[-1])}件"
    return f"{said}。"


@lru_cache(maxsize=16)
def case_statuses(selection: Selection) -> Exhibit:
    """Every status with how many cases have it, their portion, and what it means."""
    tally = whole(chosen(selection, "standing"))
    listed = [status for status, _ in COUNTED]
    longest = max(tally.counts)
    rows = [
        (
            led(s.label, Way(PAGE, own=(("status", s.id),))) if s.id in listed else s.label,
            bar(count(tally.of(s.id)), tally.of(s.id) / (longest or 1), "blue"), portion(tally.of(s.id), tally.total),
            s.days or MISSING, s.help,
        )
        for s in STATUSES
    ]  # fmt: skip
    return Exhibit(
        "case-statuses", "办件状态", f"{grouped(tally.total)}件，每件只有一种状态，各状态相加等于办件总数。",
        table(("状态", "件数", "占比", "天数", "含义"), rows if tally.total else ()), remark="件", key="状态",
    )  # fmt: skip
