"""A view's marks as what a native chart holds: categories, series, and every bar's figure as written.

A bound is hatched: it is a range, not a point. A missing figure has no bar, and its line an em dash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from lib.catalog.places import DISTRICTS
from lib.catalog.qualifiers import BOUNDS
from lib.charts.drawing import ON_BAR
from lib.charts.palette import LIGHT
from lib.insight.wording import MISSING
from lib.views.exhibit import Exhibit

Fill = Literal["solid", "hatched", "none"]
Mark = dict[str, Any]
Marks = list[Mark]
_DISTRICT_COLORS = {district.name: district.color or LIGHT.primary for district in DISTRICTS}
_ROOM = 1.35  # where the axis ends, in lengths of the longest bar: its label stands beside it
_FEW = 3  # places without a figure that are named one by one on a chart of progress
_NARROW = 0.12  # of the axis: a bar too short for its label inside


@dataclass(frozen=True)
class Bar:
    """One bar: its length, its figure as written (no label where empty), how it is drawn."""

    value: float
    label: str
    color: str
    fill: Fill = "solid"
    ink: str = LIGHT.text


@dataclass(frozen=True)
class Series:
    """One bar a category, None where there is none. `color` is that of its key in the legend."""

    name: str
    color: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True)
class Chart:
    """A bar chart, first category on top.

    stacked: bars of a category one behind the other; else one below the other
    legend:  whether the series' names are shown
    labels:  where figures stand: behind a bar, inside its end, or in its middle
    most:    where the axis ends, the same on every slide a long chart goes on over
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool
    legend: bool
    most: float
    labels: Literal["outEnd", "inEnd", "ctr"] = "outEnd"

    def part(self, start: int, stop: int) -> Chart:
        """Only the categories from `start` to before `stop`."""
        kept = tuple(replace(one, bars=one.bars[start:stop]) for one in self.series)
        return replace(self, categories=self.categories[start:stop], series=kept)

    @property
    def lines(self) -> int:
        """How many bars stand one below the other in a category."""
        return 1 if self.stacked else len(self.series)


def chart_of(view: Exhibit) -> Chart | None:
    """A view's chart, or None where a table says it better or there is nothing to draw."""
    make = _KINDS.get(view.chart)
    if make is None or view.marks is None or not view.marks.num_rows:
        return None
    made = make(view, view.marks.to_pylist())
    return made if made.series else None


def _levels(view: Exhibit, marks: Marks) -> Chart:
    shades = (LIGHT.quaternary, LIGHT.tertiary, LIGHT.secondary, LIGHT.primary)
    places = _column(view, view.key)
    found = {(mark["地区"], mark["层级"]): mark["个数"] for mark in marks}
    series = [
        Series(name, shade, tuple(_inside(found.get((place, name)), shade) for place in places))
        for name, shade in zip(view.options, shades, strict=True)
    ]
    totals = dict(zip(places, _column(view, "合计"), strict=True))
    most = max(sum(n for (p, _), n in found.items() if p == place) for place in places)
    names = [f"{place}　{totals[place]}" for place in places]
    return Chart(tuple(names), _present(series), True, True, most, "ctr")


def _inside(value: float | None, color: str) -> Bar | None:
    return None if value is None else Bar(value, f"{value}", color, ink=ON_BAR[False])


def _pairs(view: Exhibit, marks: Marks) -> Chart:
    places = _column(view, view.key)
    found = {(mark["部门"], mark["类别"]): mark["件数"] for mark in marks}
    kinds = (("预警", LIGHT.warning), ("超期", LIGHT.overdue))
    series = [
        Series(kind, color, tuple(_plain(found.get((place, kind)), color) for place in places))
        for kind, color in kinds
    ]
    return Chart(tuple(places), _present(series), False, True, max(found.values()) * _ROOM)


def _plain(value: float | None, color: str) -> Bar | None:
    return None if value is None else Bar(value, f"{value}", color)


def _due(mark: Mark) -> Bar | None:
    """What the calendar asks for; nothing where the goal has no stated deadline."""
    due = mark["序时"]
    return None if due is None else Bar(due, f"{due:.0f}", LIGHT.faint)


def _progress(view: Exhibit, marks: Marks) -> Chart:
    _, done, goal, *_ = view.options
    ticks = [
        Series(done, LIGHT.primary, tuple(Bar(m["完成"], f"{m['完成']:g}", LIGHT.primary) for m in marks)),
        Series("序时进度应达", LIGHT.faint, tuple(_due(m) for m in marks)),
        Series(goal, LIGHT.secondary, tuple(_goal(m) for m in marks)),
    ]  # fmt: skip
    names = [mark[view.key] for mark in marks]
    silent = [place for place in _column(view, view.key) if place not in names]
    lines = _silent(silent)
    series = [replace(one, bars=(*one.bars, *(None for _ in lines))) for one in _present(ticks)]
    most = max(max(m["完成"], m["目标"], m["序时"] or 0) for m in marks)
    return Chart((*names, *lines), tuple(series), False, True, most * _ROOM)


def _goal(mark: dict[str, Any]) -> Bar:
    text = mark["目标写法"].removeprefix("目标").strip()
    bound = any(word in text for word in BOUNDS)
    return Bar(mark["目标"], text, LIGHT.secondary, "hatched" if bound else "solid")


def _silent(places: list[str]) -> list[str]:
    """Lines of places without a figure: one each, or one for all where they are many."""
    if len(places) > _FEW:
        return [f"{len(places)}个地区　{MISSING}"]
    return [f"{place}　{MISSING}" for place in places]


def _rates(view: Exhibit, marks: Marks) -> Chart:
    """Exact rates, ranges of bounds, and the average they are held against as the first bar."""
    rule = next((mark for mark in marks if mark["基准"] is not None), None)
    lead = [rule["基准写法"].rpartition(" ")] if rule else []
    names = [name for name, _, _ in lead] + [_line(mark, view.key) for mark in marks]
    first = [Bar(rule["基准"], lead[0][2], LIGHT.faint, ink=ON_BAR[False])] if rule else []
    exact = [*first, *(_exact(mark, _color(view, mark)) for mark in marks)]
    blank = [None for _ in first]
    below = [*blank, *(_below(mark) for mark in marks)]
    ranges = [*blank, *(_range(mark, _color(view, mark)) for mark in marks)]
    series = (
        Series("确数", LIGHT.primary, tuple(exact)),
        Series("界限以下", "FFFFFF", tuple(below)),
        Series("界限范围", LIGHT.primary, tuple(ranges)),
    )
    most = max([100.0, *(bar.value for bar in exact if bar)])
    return Chart(tuple(names), _present(series), True, False, most, "inEnd")


def _line(mark: dict[str, Any], key: str) -> str:
    return f"{mark[key]}　{MISSING}" if mark["类型"] == "缺数" else str(mark[key])


def _color(view: Exhibit, mark: dict[str, Any]) -> str:
    """A district's own colour; the usual one for anything else."""
    return _DISTRICT_COLORS.get(mark[view.key], LIGHT.primary)


def _exact(mark: dict[str, Any], color: str) -> Bar | None:
    if mark["类型"] != "确数":
        return None
    short = mark["止"] < 100 * _NARROW
    return Bar(mark["止"], mark["写法"], color, ink=LIGHT.text if short else ON_BAR[False])


def _below(mark: dict[str, Any]) -> Bar | None:
    """What keeps the range of a lower bound off the axis: no bar to see, its label before the range."""
    if mark["类型"] != "下界":
        return None
    return Bar(mark["起"], mark["写法"], LIGHT.text, "none")


def _range(mark: dict[str, Any], color: str) -> Bar | None:
    if mark["类型"] not in ("上界", "下界"):
        return None
    label = mark["写法"] if mark["类型"] == "上界" else ""
    return Bar(mark["止"] - mark["起"], label, color, "hatched")


def _counts(view: Exhibit, marks: Marks) -> Chart:
    bars = tuple(_count(mark, _color(view, mark)) for mark in marks)
    names = [str(mark[view.key]) for mark in marks]
    series = Series("数值", LIGHT.primary, bars)
    return Chart(tuple(names), (series,), False, False, max(bar.value for bar in bars) * _ROOM)


def _count(mark: dict[str, Any], color: str) -> Bar:
    shade = LIGHT.faint if mark["组别"] == "旁" else color
    return Bar(mark["数值"], mark["写法"], shade, "hatched" if mark["类型"] == "界限" else "solid")


def _matrix(view: Exhibit, marks: Marks) -> Chart:
    """How many lists name each department: a segment a list."""
    total, *lists = view.options
    places = _column(view, view.key)
    found = {(mark["部门"], mark["名单"]): mark["写法"] for mark in marks}
    plain = iter((LIGHT.primary, LIGHT.secondary, LIGHT.tertiary, LIGHT.quaternary, LIGHT.faint))
    told = {"产生网办预警": LIGHT.warning, "产生网办超期": LIGHT.overdue}
    shades = {name: told.get(name) or next(plain) for name in lists}
    series = [
        Series(
            name,
            shades[name],
            tuple(Bar(1, "", shades[name]) if (place, name) in found else None for place in places),
        )
        for name in lists
    ]
    most = max(int(found[place, total]) for place in places)
    names = [f"{place}　{found[place, total]}张" for place in places]
    return Chart(tuple(names), _present(series), True, True, most, "ctr")


def _present(series: list[Series] | tuple[Series, ...]) -> tuple[Series, ...]:
    return tuple(one for one in series if any(one.bars))


def _column(view: Exhibit, label: str) -> list[str]:
    index = view.table.columns.index(label)
    return [row[index] for row in view.table.rows]


_KINDS: dict[str, Callable[[Exhibit, Marks], Chart]] = {
    "levels": _levels,
    "pairs": _pairs,
    "progress": _progress,
    "rates": _rates,
    "counts": _counts,
    "matrix": _matrix,
}
