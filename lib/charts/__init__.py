"""Charts: one function per kind, `kind(dark, height, *options) -> Vega-Lite spec` without its data.

A view names its kind; the spec is made once per ground and height and stays the same object, so
that a browser which has it is only sent new rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

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
def spec(
    kind: str, dark: bool, groups: int, options: tuple[Any, ...] = (), bars: int | None = None
) -> Spec:
    """The spec of a kind for so many groups; `bars` fixes the height of the bars in pixels."""
    made = KINDS[kind]
    height = (groups * made.per_group if bars is None else bars) + made.frame
    return made.draw(dark, height, *options)
