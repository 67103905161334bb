"""对比与趋势: one metric over the periods of a release and across places, compared only where that is fair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import pyarrow as pa

from lib.catalog.metrics import METRIC_BY_ID, METRICS, Metric, metric_name
from lib.catalog.periods import Period, parse_period
from lib.catalog.places import DISTRICT_IDS, place_name
from lib.catalog.qualifiers import BOUNDS
from lib.insight.cells import figure, named, stated
from lib.insight.table import table
from lib.insight.trend import Change, Point, change, earlier, marked_label, periods, year_before
from lib.insight.wording import MISSING, in_full, number
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views.exhibit import Dimension, Exhibit, Rows, chart_rows
from lib.views.marks import against, behind, count_mark, count_schema, with_room

_SCHEMA = pa.schema(
    [
        ("地区或部门", pa.string()), ("期次", pa.string()), ("值", pa.float64()),
        ("写法", pa.string()), ("类型", pa.string()),
    ]
)  # fmt: skip
_KEY = "地区或部门"
_MOST_LINES = 7


@dataclass(frozen=True)
class Trend:
    """A metric compared: the view, and why some comparisons were not made."""

    exhibit: Exhibit
    refusals: tuple[str, ...]


@lru_cache(maxsize=8)
def offered(release_id: str) -> tuple[str, ...]:
    """The metrics with a figure in any period of a release, in declared order."""
    held = {
        fact.metric for period in periods(release_id) for fact in fact_book(release_id, period.id)
    }
    return tuple(metric.id for metric in METRICS if metric.id in held)


@lru_cache(maxsize=16)
def most_told(release_id: str, period: str) -> str:
    """The metric most places gave in a period: there is most to compare."""
    book = fact_book(release_id, period)
    return max(offered(release_id), key=lambda metric: len(book.of(metric)))


@lru_cache(maxsize=64)
def trend(selection: Selection, metric_id: str) -> Trend:
    """One metric of 全市, 市本级 and the chosen places in every period.

    同比 is against the same part of the year before, 环比 against the period before of the same
    length; unlike bases are refused with the reason.
    """
    metric, held = METRIC_BY_ID[metric_id], periods(selection.release_id)
    labels = {p.id: marked_label(selection.release_id, p) for p in held}
    places = _places(selection, metric_id, held)
    rows, refusals = [], dict[str, None]()
    marks: Rows = []
    for place in places:
        facts = {p.id: _fact(selection, metric_id, p.id, place) for p in held}
        marks += [_mark(place, labels[p.id], fact) for p in held if (fact := facts[p.id])]
        rows.append(_line(selection, metric, place, facts, refusals))
    drawn = _drawn(places, labels[selection.period], marks)
    columns = [_KEY, *labels.values(), "环比", "同比", "较目标", "较平均"]
    sources = [
        (f"{place_name(place)}", fact)
        for place in places
        for p in held
        if (fact := _fact(selection, metric_id, p.id, place))
    ]
    exhibit = Exhibit(
        f"trend-{metric_id}", metric_name(metric_id, selection.period), _reading(selection, metric, held, places, drawn),
        table(columns, rows), remark=_remark(metric), chart="trend",
        marks=chart_rows([m for m in marks if m[_KEY] in drawn], _SCHEMA),
        options=(tuple(labels.values()), drawn), key=_KEY,
        dimension=_dimension(places), sources=behind(_KEY, sources),
    )  # fmt: skip
    return Trend(_as_bars(exhibit, sources) if len(held) == 1 else exhibit, tuple(refusals))


def _as_bars(exhibit: Exhibit, known: list[tuple[str, Fact]]) -> Exhibit:
    """A single period is no line: the places side by side."""
    marks = [
        {_KEY: name} | count_mark(fact, apart=fact.district in ("city", "city_level"))
        for name, fact in known
    ]
    rows = chart_rows(with_room(marks), count_schema(_KEY))
    return replace(exhibit, chart="counts", marks=rows, options=(_KEY,))


def _drawn(places: list[str], period: str, marks: Rows) -> tuple[str, ...]:
    """The names of the lines: the details where there are some, at most seven, the largest ones."""
    details = [place_name(place) for place in places if place not in ("city", "city_level")]
    if not details:
        return tuple(map(place_name, places))
    size = {mark[_KEY]: mark["值"] for mark in marks if mark["期次"] == period}
    largest = sorted(details, key=lambda name: -size.get(name, -1))[:_MOST_LINES]
    return tuple(name for name in details if name in largest)


def _places(selection: Selection, metric: str, held: list[Period]) -> list[str]:
    """Who gave the metric in any period: totals first, then the chosen places in catalog order."""
    given = {
        fact.department or fact.district
        for period in held
        for fact in fact_book(selection.release_id, period.id).of(metric)
    }
    order = ("city", "city_level", *selection.districts, *selection.departments)
    return [place for place in order if place in given]


def _fact(selection: Selection, metric: str, period: str, place: str) -> Fact | None:
    book = fact_book(selection.release_id, period)
    return book.get(metric, place) or book.get(metric, None, place)


def _dimension(places: list[str]) -> Dimension:
    if any(place in ("city", "city_level") for place in places[-1:]):
        return ""
    return "district" if places and places[-1] in DISTRICT_IDS else "department"


def _mark(place: str, period: str, fact: Fact) -> dict[str, object]:
    kind = "界限" if fact.qualifier in BOUNDS else "约数" if fact.qualifier else "确数"
    return {
        _KEY: place_name(place), "期次": period, "值": float(fact.value),
        "写法": in_full(fact), "类型": kind,
    }  # fmt: skip


def _line(
    selection: Selection,
    metric: Metric,
    place: str,
    facts: dict[str, Fact | None],
    refusals: dict[str, None],
) -> tuple[str, ...]:
    now = parse_period(selection.period)
    fact = facts.get(selection.period)
    before = earlier(selection.release_id, selection.period)
    last_year = year_before(selection.release_id, selection.period)
    cells = [
        _changed(selection, place, then, now, facts, refusals) if then and now else MISSING
        for then in (before, last_year)
    ]
    name = named(place)
    return (
        name,
        *(stated(found) for found in facts.values()),
        *cells,
        _against_target(selection, metric, fact),
        _against_average(selection, metric, place, fact, refusals),
    )


def _bases(selection: Selection) -> str:
    """Which periods 环比 and 同比 are against."""
    bases = (
        ("环比", earlier(selection.release_id, selection.period)),
        ("同比", year_before(selection.release_id, selection.period)),
    )
    return "，".join(
        f"{word}是和{base.label}比" if base else f"{word}没有可比的期次" for word, base in bases
    )


def _changed(
    selection: Selection,
    place: str,
    then: Period,
    now: Period,
    facts: dict[str, Fact | None],
    refusals: dict[str, None],
) -> str:
    labels = (marked_label(selection.release_id, period) for period in (then, now))
    one, two = (
        Point(p, facts.get(p.id), label) for p, label in zip((then, now), labels, strict=True)
    )
    found: Change | None = change(one, two)
    if found is None:
        return MISSING
    if found.difference is None:
        refusals[f"{place_name(place)}{found.text}。"] = None
        return found.amount
    return figure(found.amount, [two.fact, one.fact])


def _against_target(selection: Selection, metric: Metric, fact: Fact | None) -> str:
    """How much of a stated goal is reached, or how far a limit is passed."""
    if fact is None or metric.target is None or fact.qualifier in BOUNDS:
        return MISSING
    if isinstance(metric.target, str):
        goal = _fact(
            selection, metric.target, fact.period, fact.department or fact.district or "city"
        )
        if goal is None or not goal.value:
            return MISSING
        share = (fact.value / goal.value * 100).quantize(Decimal("0.1"))
        return figure(f"{in_full(goal)}的{share}%", [fact, goal])
    over = fact.value - Decimal(str(metric.target))
    unit = fact.unit or ""
    text = (
        f"超出{number(over)}{unit}"
        if over > 0
        else "达到"
        if not over
        else f"差{number(-over)}{unit}"
    )
    return figure(text, [fact])


def _against_average(
    selection: Selection, metric: Metric, place: str, fact: Fact | None, refusals: dict[str, None]
) -> str:
    """A rate against the city's stated average; a count against the mean of those who gave one."""
    if fact is None or place in ("city", "city_level"):
        return MISSING
    book = fact_book(selection.release_id, selection.period)
    whole = book.get(metric.id)
    if metric.basis in ("rate", "rank"):
        return figure(against(fact, whole), [fact, whole]) if whole else MISSING
    peers = [
        f
        for f in book.of(metric.id)
        if (f.department is None) == (fact.department is None)
        and f.district not in ("city", "city_level")
    ]
    if len(peers) < 2:
        return MISSING
    if any(f.qualifier for f in (*peers, fact)):
        refusals[f"{metric.name}有约数或界限，不算平均。"] = None
        return "不比"
    mean = sum((f.value for f in peers), Decimal(0)) / len(peers)
    gap = (fact.value - mean).quantize(Decimal("0.1"))
    return figure(f"{'＋' if gap >= 0 else '－'}{abs(gap)}", peers)


def _remark(metric: Metric) -> str:
    unit = metric.unit or "无单位"
    return f"{unit}；较平均：{'比全市平均' if metric.basis == 'rate' else '比有数的各家的平均（本系统计算）'}"


def _reading(
    selection: Selection,
    metric: Metric,
    held: list[Period],
    places: list[str],
    drawn: tuple[str, ...],
) -> str:
    if not places:
        return f"所选范围没有{metric.name}的数；没有报送不等于零。请放宽地区、部门，或换一个指标。"
    if len(held) == 1:
        return f"{len(places)}家有数。本版本只有{held[0].label}一期，环比、同比要等有了可比的期次。"
    details = [place for place in places if place not in ("city", "city_level")]
    few = f"，图上画本期最大的{_MOST_LINES}家" if len(details) > len(drawn) else ""
    return f"{len(places)}家有数{few}，{held[0].label}至{held[-1].label}共{len(held)}期；{_bases(selection)}；空心点是界限或约数，界限不连线。"
