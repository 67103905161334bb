"""Charts of two snapshots: sites by level, warnings beside overdue."""

from __future__ import annotations

import altair as alt

from lib.catalog.places import LEVELS
from lib.charts.drawing import DISTRICT_ORDER, FONT, ON_BAR, ROWS, Spec, finished, picked
from lib.charts.palette import palette


def centers_by_district(dark: bool, *names: str) -> Spec:
    """提升数 by district, one segment a level. Columns 地区, 层级, 个数, 次序; `names` are level names."""
    colors = palette(dark)
    pick, opacity = picked("地区")
    shades = [colors.quaternary, colors.tertiary, colors.secondary, colors.primary]
    base = alt.Chart(ROWS).encode(
        y=alt.Y("地区:N", sort=DISTRICT_ORDER, title=None, axis=alt.Axis(labelFontSize=FONT)),
        x=alt.X("个数:Q", stack="zero", title=None, axis=alt.Axis(tickMinStep=5)),
        order=alt.Order("次序:Q"),
    )
    bars = (
        base.mark_bar(cursor="pointer", size=20)
        .encode(
            color=alt.Color("层级:N", sort=list(names), title=None)
            .scale(domain=list(names), range=shades[: len(LEVELS)])
            .legend(orient="top", labelFontSize=12, columns=2, labelLimit=0),
            opacity=opacity,
            tooltip=["地区:N", "层级:N", "个数:Q"],
        )
        .add_params(pick)
    )
    labels = base.mark_text(fontSize=12, color=ON_BAR[dark]).encode(
        x=alt.X("个数:Q", stack="zero", bandPosition=0.5),
        text=alt.condition("datum['个数'] >= 5", alt.Text("个数:Q"), alt.value("")),
        detail="层级:N",
    )
    return finished(alt.layer(bars, labels), dark)


def warnings_by_department(dark: bool) -> Spec:
    """预警 and 超期 side by side, never stacked: neither is part of the other.

    Columns 部门, 类别, 件数; departments keep the order of the data.
    """
    colors = palette(dark)
    pick, opacity = picked("部门")
    base = alt.Chart(ROWS).encode(
        y=alt.Y("部门:N", sort=None, title=None, axis=alt.Axis(labelFontSize=FONT, labelLimit=160)),
        yOffset=alt.YOffset("类别:N", sort=["预警", "超期"], scale=alt.Scale(paddingInner=0.1)),
        x=alt.X("件数:Q", title=None, axis=alt.Axis(tickMinStep=1)),
    )
    bars = (
        base.mark_bar(cursor="pointer", size=9)
        .encode(
            color=alt.Color("类别:N", title=None)
            .scale(domain=["预警", "超期"], range=[colors.warning, colors.overdue])
            .legend(orient="top", labelFontSize=12),
            opacity=opacity,
            tooltip=["部门:N", "类别:N", "件数:Q"],
        )
        .add_params(pick)
    )
    labels = base.mark_text(align="left", dx=4, fontSize=12, color=colors.text).encode(
        text="件数:Q"
    )
    return finished(alt.layer(bars, labels), dark)
