"""Progress: what is done against the goal and against where the calendar stands."""

from __future__ import annotations

import altair as alt

from lib.charts.drawing import DISTRICT_ORDER, FONT, ON_BAR, ROWS, Spec, finished, picked
from lib.charts.palette import palette


def progress(dark: bool, height: int, field: str, done: str, goal: str) -> Spec:
    """完成 as a bar, 目标 and 序时 as labelled ticks; may pass the goal. `done`, `goal` name them.

    Columns: `field`; 完成, 目标, 序时 (numbers in one unit, 序时 null where the goal has no
    deadline); 目标写法, 序时写法 (their labels).
    """
    colors = palette(dark)
    pick, opacity = picked(field)
    order = DISTRICT_ORDER if field == "地区" else None
    base = alt.Chart(ROWS).encode(
        y=alt.Y(
            f"{field}:N", sort=order, title=None, axis=alt.Axis(labelFontSize=FONT, labelLimit=200)
        )
    )
    bars = (
        base.mark_bar(color=colors.primary, height=26, cursor="pointer")
        .encode(
            x=alt.X("完成:Q", title=None),
            opacity=opacity,
            tooltip=[
                f"{field}:N",
                alt.Tooltip("完成:Q", title=done),
                alt.Tooltip("目标:Q", title=goal),
                alt.Tooltip("序时写法:N", title="期限"),
            ],
        )
        .add_params(pick)
    )
    labels = base.mark_text(align="right", dx=-6, fontSize=13, color=ON_BAR[dark]).encode(
        x="完成:Q", text="完成:Q"
    )
    dated = base.transform_filter("isValid(datum['序时'])")
    ticks = [
        base.mark_tick(thickness=3, size=38, color=colors.text).encode(x="目标:Q"),
        dated.mark_tick(thickness=2, size=38, color=colors.faint, strokeDash=[4, 3]).encode(
            x="序时:Q"
        ),
    ]
    names = [
        layer.mark_text(align="right", dy=dy, dx=2, fontSize=12, color=color).encode(
            x=f"{at}:Q", text=f"{at}写法:N"
        )
        for layer, at, dy, color in (
            (base, "目标", -27, colors.text),
            (dated, "序时", 27, colors.faint),
        )
    ]
    return finished(alt.layer(bars, labels, *ticks, *names).properties(height=height), dark)
