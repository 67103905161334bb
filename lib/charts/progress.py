"""Progress: what is done against the goal and against where the calendar stands."""

from __future__ import annotations

import altair as alt

from lib.charts.drawing import DISTRICT_ORDER, FONT, ON_BAR, ROWS, Spec, finished, picked
from lib.charts.palette import palette


def progress(dark: bool, field: str, done: str, goal: str, dated: bool = True) -> Spec:
    """完成 as a bar, 目标 and 序时 as labelled ticks; may pass the goal. `done`, `goal` name them.

    Columns: `field`; 完成, 目标, 序时 (numbers in one unit); 目标写法, 序时写法 (their labels).
    Without `dated` the goal has no deadline, and nothing is drawn of the calendar.
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
    goal_tick = base.mark_tick(thickness=3, size=38, color=colors.text).encode(x="目标:Q")
    due_tick = base.mark_tick(thickness=2, size=38, color=colors.faint, strokeDash=[4, 3]).encode(
        x="序时:Q"
    )
    goal_name, due_name = (
        base.mark_text(align="right", dy=dy, dx=2, fontSize=12, color=color).encode(
            x=f"{at}:Q", text=f"{at}写法:N"
        )
        for at, dy, color in (("目标", -27, colors.text), ("序时", 27, colors.faint))
    )
    layers = [bars, labels, goal_tick, goal_name]
    if dated:
        layers += [due_tick, due_name]
    return finished(alt.layer(*layers), dark)
