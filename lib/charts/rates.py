"""Rates by place: exact ones as bars, bounds as open ranges, the city's average as a rule."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from lib.charts.drawing import FONT, GROUND, ON_BAR, ROWS, Spec, finished, picked
from lib.charts.palette import palette

# The axis ends behind 100 %, where labels need room. Shorter bars carry their label beside them.
_ROOM, _INSIDE = 118, 30
_BESIDE: tuple[tuple[str, Literal["center", "right"], int], ...] = (
    ("datum['基准'] < 70", "center", 0),
    ("datum['基准'] >= 70", "right", 30),
)
_EXACT = "datum['类型'] === '确数'"
_MISSING = "datum['类型'] === '缺数'"
_LOWER = "datum['类型'] === '下界'"
_UPPER = "datum['类型'] === '上界'"


def rates(dark: bool, height: int, field: str) -> Spec:
    """Percentages by `field`, in the order of the data.

    Columns: `field`; 起, 止 (where the bar or range begins and ends); 界 (the bound, null where
    exact); 类型 (确数, 上界, 下界); 写法 (as written); 说明; 基准, 基准写法 (in one row only, null
    where there is no average).
    """
    colors = palette(dark)
    pick, opacity = picked(field)
    base = alt.Chart(ROWS).encode(
        y=alt.Y(
            f"{field}:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelFontSize=FONT, labelLimit=200, labelBaseline="middle"),
        )
    )
    axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], labelExpr="datum.value + '%'")
    scale = alt.Scale(domain=[0, _ROOM], nice=False, clamp=True)
    bars = (
        base.transform_filter(f"!({_MISSING})")
        .mark_bar(size=16, cursor="pointer", color=colors.primary, strokeWidth=1.2)
        .encode(
            x=alt.X("起:Q", title=None, scale=scale, axis=axis),
            x2="止:Q",
            stroke=alt.value(colors.primary),
            fillOpacity=alt.condition(_EXACT, alt.value(1.0), alt.value(0.14)),
            strokeDash=alt.condition(_EXACT, alt.value([1, 0]), alt.value([4, 3])),
            opacity=opacity,
            tooltip=[f"{field}:N", alt.Tooltip("写法:N", title="比率"), "类型:N", "说明:N"],
        )
        .add_params(pick)
    )
    ends = (
        base.transform_filter("isValid(datum['界'])")
        .mark_point(aria=False, size=90, filled=False, strokeWidth=1.6, color=colors.primary)
        .encode(
            x="界:Q",
            shape=alt.Shape("类型:N", legend=None).scale(
                domain=["上界", "下界"], range=["triangle-left", "triangle-right"]
            ),
        )
    )
    rule, *names = _benchmark(dark)
    # The rule passes behind the figures, which keep clear of it by a halo in the colour of their ground.
    layers = (_dashes(base, dark), bars, ends, rule, *_labels(base, dark), *names)
    return finished(alt.layer(*layers).properties(height=height), dark)


def _dashes(base: alt.Chart, dark: bool) -> Any:
    """An em dash for each missing figure. This layer knows every row, so it keeps their order."""
    return base.mark_text(align="left", dx=4, fontSize=12, color=palette(dark).faint).encode(
        x=alt.datum(0), text=alt.condition(_MISSING, "写法:N", alt.value(""))
    )


def _labels(base: alt.Chart, dark: bool) -> list[alt.Chart]:
    """The figures as written: inside long bars and upper bounds, beside all others."""
    colors = palette(dark)
    bar = f"{_EXACT} && datum['止'] >= {_INSIDE}"
    open_range = f"{_UPPER} && datum['止'] >= {_INSIDE}"
    others = f"!({_MISSING} || {_LOWER} || {bar} || {open_range})"
    places: tuple[tuple[str, str, Literal["left", "right"], int, str, str], ...] = (
        (bar, "止", "right", -6, ON_BAR[dark], colors.primary),
        (open_range, "止", "right", -12, colors.text, GROUND[dark]),
        (_LOWER, "起", "right", -12, colors.text, GROUND[dark]),
        (others, "止", "left", 6, colors.text, GROUND[dark]),
    )
    return [
        base.transform_filter(where)
        .mark_text(align=align, dx=dx, fontSize=12, **ink)
        .encode(x=f"{at}:Q", text="写法:N")
        for where, at, align, dx, color, ground in places
        for ink in (_halo(ground), {"color": color})
    ]


def _halo(ground: str) -> dict[str, Any]:
    return {
        "aria": False, "color": ground, "stroke": ground, "strokeWidth": 5, "strokeJoin": "round",
    }  # fmt: skip


def _benchmark(dark: bool) -> list[alt.Chart]:
    colors = palette(dark)
    only = alt.Chart(ROWS).transform_filter("isValid(datum['基准'])")
    rule = only.mark_rule(aria=False, color=colors.text, strokeWidth=1.6, strokeDash=[6, 3]).encode(
        x="基准:Q"
    )
    # Beside the right edge the label would be cut: there it stands left of the rule.
    labels = [
        only.transform_filter(where)
        .mark_text(align=align, dx=dx, dy=-9, fontSize=12, color=colors.text)
        .encode(x="基准:Q", y=alt.value(0), text="基准写法:N")
        for where, align, dx in _BESIDE
    ]
    return [rule, *labels]
