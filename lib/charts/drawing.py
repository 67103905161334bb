"""What every chart shares: its data beside the spec, its clicks, its type sizes."""

from __future__ import annotations

from typing import Any

import altair as alt

from lib.catalog.places import DISTRICTS
from lib.charts.palette import palette

Spec = dict[str, Any]
ROWS = alt.NamedData("rows")
DISTRICT_ORDER = ["全市", "市本级", *(district.name for district in DISTRICTS)]
FONT = 13
GROUND = {False: "#FFFFFF", True: "#10161E"}  # what charts stand on, as in .streamlit/config.toml
ON_BAR = {False: "#FFFFFF", True: "#0B1420"}  # text inside a bar, by ground


def finished(chart: alt.LayerChart | alt.FacetChart | alt.Chart, dark: bool) -> Spec:
    """The spec; its data, the rows, travel beside it."""
    color = palette(dark).text  # the frame's own gray is too faint for small type
    legible = chart.configure_axis(labelColor=color).configure_legend(labelColor=color)
    spec: Spec = legible.configure_view(stroke=None).to_dict()
    spec["data"] = ROWS.to_dict()
    for layer in spec.get("layer", []):
        layer.pop("data", None)
    return spec


def picked(field: str) -> tuple[alt.Parameter, Any]:
    """The click on a mark, and the opacity that shows it."""
    pick = alt.selection_point(name="pick", fields=[field], on="click", clear="dblclick")
    return pick, alt.condition(pick, alt.value(1.0), alt.value(0.35), empty=True)
