"""Charts: one function per kind, `kind(dark, *options) -> Vega-Lite spec` without its data and size.

A view names its kind; the spec is made once per ground and stays the same whatever is selected, so
that a browser which has drawn it is only sent new rows: a chart grows with its groups by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from lib.charts import snapshots
from lib.charts.counts import counts
from lib.charts.drawing import Spec
from lib.charts.matrix import matrix
from lib.charts.progress import progress
from lib.charts.rates import rates
from lib.charts.trend import trend


@dataclass(frozen=True)
class Kind:
    """A kind of chart: what draws it, pixels per group of bars, and pixels beside the bars."""

    name: str
    draw: Callable[..., Spec]
    per_group: int
    frame: int


KINDS = {
    "levels": Kind("分层级堆叠条形图", snapshots.centers_by_district, 40, 116),
    "pairs": Kind("成对条形图", snapshots.warnings_by_department, 32, 96),
    "progress": Kind("进度条形图", progress, 76, 44),
    "rates": Kind("比率条形图", rates, 28, 52),
    "counts": Kind("计数条形图", counts, 32, 10),
    "trend": Kind("趋势折线图", trend, 0, 320),
    "matrix": Kind("名单分布图", matrix, 22, 62),
}


@cache
def spec(kind: str, dark: bool, options: tuple[Any, ...] = (), bars: int | None = None) -> Spec:
    """The spec of a kind, as high as its groups need; `bars` fixes the height of the bars in pixels."""
    made = KINDS[kind]
    drawn = made.draw(dark, *options)
    if made.per_group and bars is None:
        return drawn | {
            "height": {"step": made.per_group, "for": "position"},
            "autosize": {"type": "fit-x", "contains": "padding"},
        }
    return drawn | {"height": (bars or 0) + made.frame}


def with_rows(drawn: Spec, rows: pa.Table) -> Spec:
    """A spec with its rows by name: a chart is drawn with them at once, and not empty first."""
    return drawn | {"datasets": {drawn["data"]["name"]: rows}}
