"""Who is named in which lists: a dot for each, and how many lists in all."""

from __future__ import annotations

import altair as alt

from lib.charts.drawing import FONT, ROWS, Spec, finished, picked
from lib.charts.palette import palette

# Labels of lists break after every two characters, so that columns fit a phone.
_LABEL = f"[{', '.join(f'slice(datum.label, {n}, {n + 2})' for n in (0, 2, 4))}]"


def matrix(dark: bool, total: str, *lists: str) -> Spec:
    """Departments by list, in the order of the data; `total` is the column of how many lists.

    Columns: 部门; 名单 (one of `lists`, or `total`); 写法 (the list's name, or the number); 说明.
    A list of 超期 is red, one of 预警 amber.
    """
    colors = palette(dark)
    pick, opacity = picked("部门")
    shades = [
        colors.overdue if "超期" in name else colors.warning if "预警" in name else colors.primary
        for name in lists
    ]
    base = alt.Chart(ROWS).encode(
        y=alt.Y(
            "部门:N", sort=None, title=None,
            axis=alt.Axis(labelFontSize=FONT, labelLimit=200, grid=True, ticks=False, domain=False),
        ),
        x=alt.X("名单:N", title=None).scale(domain=[total, *lists]).axis(
            orient="top", labelAngle=0, labelFontSize=12, labelExpr=_LABEL, labelPadding=28, ticks=False,
            domain=False, labelOverlap=False,
        ),
    )  # fmt: skip
    is_total = f"datum['名单'] === '{total}'"
    dots = (
        base.transform_filter(f"!({is_total})")
        .mark_circle(size=130, cursor="pointer", opacity=1)
        .encode(
            color=alt.Color("名单:N", legend=None).scale(domain=list(lists), range=shades),
            opacity=opacity,
            tooltip=["部门:N", "名单:N", "说明:N"],
        )
        .add_params(pick)
    )
    numbers = (
        base.transform_filter(is_total)
        .mark_text(fontSize=FONT, fontWeight="bold", color=colors.text)
        .encode(text="写法:N")
    )
    return finished(alt.layer(dots, numbers), dark)
