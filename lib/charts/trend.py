"""One metric over periods: a line a place, broken where a period is missing."""

from __future__ import annotations

import altair as alt

from lib.charts.drawing import FONT, ROWS, Spec, finished, picked
from lib.charts.palette import palette


def trend(dark: bool, height: int, *periods: str) -> Spec:
    """Columns: 地区或部门, 期次 (one of `periods`, in time order), 值, 写法, 类型 (确数, 约数, 界限).

    Exact figures are filled points, bounds and approximations hollow; bounds are not joined.
    """
    colors = palette(dark)
    pick, opacity = picked("地区或部门")
    base = alt.Chart(ROWS).encode(
        x=alt.X(
            "期次:N", sort=list(periods), title=None, scale=alt.Scale(domain=list(periods))
        ).axis(labelFontSize=FONT, labelAngle=0, labelLimit=0),
        y=alt.Y("值:Q", title=None, scale=alt.Scale(zero=True)),
        color=alt.Color("地区或部门:N", sort=None, title=None).legend(
            orient="top", labelFontSize=12, columns=4, labelLimit=0
        ),
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
    labels = base.mark_text(dy=-12, fontSize=12, color=colors.text).encode(text="写法:N")
    return finished(
        alt.layer(lines, points, hollow.encode(tooltip=tooltip), labels).properties(height=height)
    )
