"""Rates by place: exact ones as bars, bounds as open ranges, the city's average as a rule."""

from __future__ import annotations

from typing import Any

import altair as alt

from lib.charts.drawing import FONT, GROUND, ON_BAR, ROWS, Spec, finished, picked
from lib.charts.palette import palette

# The axis ends behind 100 %, where labels need room. Shorter bars carry their label beside them.
_ROOM, _INSIDE = 118, 30
_EXACT = "datum['类型'] === '确数'"
_MISSING = "datum['类型'] === '缺数'"
_LOWER = "datum['类型'] === '下界'"
_UPPER = "datum['类型'] === '上界'"
# Where a figure stands: inside a long bar or a range, at its end; beside all others.
_IN_BAR = f"({_EXACT} && datum['止'] >= {_INSIDE})"
_IN_RANGE = f"({_LOWER} || {_UPPER} && datum['止'] >= {_INSIDE})"


def rates(dark: bool, field: str) -> Spec:
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
            axis=alt.Axis(labelFontSize=FONT, labelLimit=160, labelBaseline="middle"),
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
    rule, name = _benchmark(dark)
    # The rule passes behind the figures, which keep clear of it by a halo in the colour of their ground.
    layers = (_dashes(base, dark), bars, ends, rule, *_labels(base, dark), name)
    return finished(alt.layer(*layers), dark)


def _dashes(base: alt.Chart, dark: bool) -> Any:
    """An em dash for each missing figure. This layer knows every row, so it keeps their order."""
    return base.mark_text(align="left", dx=4, fontSize=12, color=palette(dark).faint).encode(
        x=alt.datum(0), text=alt.condition(_MISSING, "写法:N", alt.value(""))
    )


def _labels(base: alt.Chart, dark: bool) -> list[alt.Chart]:
    """The figures as written, each over its halo: inside long bars and ranges, beside all others.

    One layer of each, whose marks are placed by expressions: layers are what a chart costs.
    """
    colors = palette(dark)
    shown = base.transform_filter(f"!({_MISSING})").transform_calculate(
        处=f"{_LOWER} ? datum['起'] : datum['止']"
    )
    inks: tuple[dict[str, Any], ...] = (
        {
            "aria": False, "strokeWidth": 5, "strokeJoin": "round",
            **dict.fromkeys(("color", "stroke"), _either(_IN_BAR, colors.primary, GROUND[dark])),
        },
        {"color": _either(_IN_BAR, ON_BAR[dark], colors.text)},
    )  # fmt: skip
    return [
        shown.mark_text(
            align=_either(f"{_IN_BAR} || {_IN_RANGE}", "right", "left"),
            dx={"expr": f"{_IN_BAR} ? -6 : {_IN_RANGE} ? -12 : 6"},
            fontSize=12,
            **ink,
        ).encode(x="处:Q", text="写法:N")
        for ink in inks
    ]


def _either(where: str, so: str, otherwise: str) -> dict[str, str]:
    return {"expr": f"{where} ? '{so}' : '{otherwise}'"}


def _benchmark(dark: bool) -> tuple[alt.Chart, alt.Chart]:
    """The rule of the average, and its name: beside the right edge, where it would be cut, left of it."""
    colors = palette(dark)
    only = alt.Chart(ROWS).transform_filter("isValid(datum['基准'])")
    rule = only.mark_rule(aria=False, color=colors.text, strokeWidth=1.6, strokeDash=[6, 3]).encode(
        x="基准:Q"
    )
    at_edge = "datum['基准'] >= 70"
    name = only.mark_text(
        align=_either(at_edge, "right", "center"), dx={"expr": f"{at_edge} ? 30 : 0"}, dy=-9,
        fontSize=12, color=colors.text,
    ).encode(x="基准:Q", y=alt.value(0), text="基准写法:N")  # fmt: skip
    return rule, name
