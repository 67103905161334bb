"""The charts of 预警台账 built from Plotly's objects, which is faster than `plotly.express`."""

from __future__ import annotations

import plotly.graph_objects as go
from figures import Figures


def by_objects(shown: Figures) -> tuple[go.Figure, go.Figure, go.Figure]:
    """Two rankings and a line: departments, districts, months."""
    place = shown.departments["department"]
    return (
        go.Figure(
            [go.Bar(y=place, x=shown.departments[n], orientation="h", name=n) for n in ("due_soon", "overdue")],
            layout={"barmode": "stack"},
        ),
        go.Figure(go.Bar(y=shown.districts["district"], x=shown.districts["on_time"], orientation="h")),
        go.Figure(go.Scatter(x=shown.months["due_month"], y=shown.months["overdue"], mode="lines")),
    )  # fmt: skip
