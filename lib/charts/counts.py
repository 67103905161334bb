"""Plain counts: one bar a line, labelled with the figure as written."""

from __future__ import annotations

import altair as alt

from lib.charts.drawing import FONT, ROWS, Spec, finished, picked
from lib.charts.palette import palette


def counts(dark: bool, field: str) -> Spec:
    """Numbers by `field`, in the order of the data; no axis, every bar says its figure.

    Columns: `field`; 数值; 写法 (as written: 约2万, 近3亿元); 类型 (确数, 约数, 界限: bounds are
    light and dashed); 组别 (主, or 旁 for a whole or a place that stands apart, drawn in gray); 说明; 右端 (where the chart
    ends, the same in every row: room for the labels).
    """
    colors = palette(dark)
    pick, opacity = picked(field)
    base = alt.Chart(ROWS).encode(
        y=alt.Y(
            f"{field}:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelFontSize=FONT, labelLimit=160, labelBaseline="middle"),
        )
    )
    color = alt.Color("组别:N", legend=None).scale(
        domain=["主", "旁"], range=[colors.primary, colors.faint]
    )
    bound = "datum['类型'] === '界限'"
    bars = (
        base.mark_bar(size=18, cursor="pointer")
        .encode(
            x=alt.X("数值:Q", title=None, axis=None, scale=alt.Scale(nice=False)),
            color=color,
            stroke=alt.condition(bound, alt.value(colors.primary), alt.value("transparent")),
            fillOpacity=alt.condition(bound, alt.value(0.14), alt.value(1.0)),
            strokeDash=alt.condition(bound, alt.value([4, 3]), alt.value([1, 0])),
            opacity=opacity,
            tooltip=[f"{field}:N", alt.Tooltip("写法:N", title="数值"), "类型:N", "说明:N"],
        )
        .add_params(pick)
    )
    labels = base.mark_text(align="left", dx=6, fontSize=FONT, color=colors.text).encode(
        x=alt.X("数值:Q", axis=None), text="写法:N"
    )
    room = base.mark_point(opacity=0).encode(x=alt.X("右端:Q", axis=None))
    return finished(alt.layer(room, bars, labels), dark)
