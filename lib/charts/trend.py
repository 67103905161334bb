"""One metric over periods: a line a place, broken where a period is missing."""

from __future__ import annotations

import altair as alt

from lib.catalog.places import DISTRICTS
from lib.charts.drawing import FONT, ROWS, Spec, finished, picked
from lib.charts.palette import palette

_DISTRICT_COLORS = {district.name: district.color for district in DISTRICTS}


def _colors(names: tuple[str, ...], dark: bool) -> list[str]:
    """A colour for each line: a district's own on a light ground, else the palette in order."""
    own = palette(dark)
    spare = (
        own.primary,
        own.secondary,
        own.tertiary,
        own.quaternary,
        own.warning,
        own.faint,
        own.text,
    )
    fixed = {} if dark else _DISTRICT_COLORS
    return [fixed.get(name) or spare[n % len(spare)] for n, name in enumerate(names)]


def trend(dark: bool, periods: tuple[str, ...], names: tuple[str, ...]) -> Spec:
    """Columns: 地区或部门 (one of `names`), 期次 (one of `periods`, in time order), 值, 写法, 类型
    (确数, 约数, 界限). Districts keep their colours; the last period is labelled.

    Exact figures are filled points, bounds and approximations hollow; bounds are not joined.
    """
    pick, opacity = picked("地区或部门")
    base = alt.Chart(ROWS).encode(
        x=alt.X(
            "期次:N", sort=list(periods), title=None, scale=alt.Scale(domain=list(periods))
        ).axis(labelFontSize=FONT, labelAngle=0, labelLimit=0),
        y=alt.Y("值:Q", title=None, scale=alt.Scale(zero=True)),
        color=alt.Color("地区或部门:N", sort=None, title=None)
        .scale(domain=list(names), range=_colors(names, dark))
        .legend(orient="top", labelFontSize=12, columns=4, labelLimit=0),
        opacity=opacity,
    )
    lines = (
        base.transform_filter("datum['类型'] !== '界限'")
        .mark_line(strokeWidth=2, interpolate="linear")
        .encode(detail="地区或部门:N", strokeDash=alt.value([1, 0]))
    )
    exact = "datum['类型'] === '确数'"
    tooltip = ["地区或部门:N", "期次:N", alt.Tooltip("写法:N", title="数值"), "类型:N"]
    points = (
        base.transform_filter(exact)
        .mark_circle(size=90, cursor="pointer")
        .encode(tooltip=tooltip)
        .add_params(pick)
    )
    hollow = base.transform_filter(f"!({exact})").mark_point(size=90, strokeWidth=2)
    last = base.transform_filter(f"datum['期次'] === '{periods[-1]}'")
    labels = last.mark_text(align="left", dx=10, fontSize=12).encode(text="写法:N")
    drawn = alt.layer(lines, points, hollow.encode(tooltip=tooltip), labels)
    return finished(drawn, dark)
