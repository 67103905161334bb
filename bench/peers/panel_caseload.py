"""预警台账 as a plain Panel page over the cube, with the charts that the Dash page draws by objects."""

from __future__ import annotations

import panel as pn
import plotly.graph_objects as go
from figures import DISTRICTS, Figures, cube_held

pn.extension("plotly")
ask = pn.state.as_cached("cube", cube_held)

district = pn.widgets.CheckButtonGroup(options=list(DISTRICTS), css_classes=["district"])
cards, items = pn.pane.HTML(), pn.pane.DataFrame(index=False)
departments, districts, months = (pn.pane.Plotly(height=450) for _ in range(3))


def charts(shown: Figures) -> tuple[go.Figure, go.Figure, go.Figure]:
    """Two rankings and a line."""
    place = shown.departments["department"]
    return (
        go.Figure(
            [go.Bar(y=place, x=shown.departments[n], orientation="h", name=n) for n in ("due_soon", "overdue")],
            layout={"barmode": "stack"},
        ),
        go.Figure(go.Bar(y=shown.districts["district"], x=shown.districts["on_time"], orientation="h")),
        go.Figure(go.Scatter(x=shown.months["due_month"], y=shown.months["overdue"], mode="lines")),
    )  # fmt: skip


def show(chosen: list[str]) -> None:
    """Everything for the chosen districts, in one message."""
    shown = ask(chosen)
    with pn.io.hold():
        cards.object = "".join(
            f"<div class='card'>{name} {value}</div>" for name, value in shown.cards.items()
        )
        departments.object, districts.object, months.object = charts(shown)
        items.object = shown.items


show([])
pn.bind(show, district, watch=True)
pn.Column(
    "# 预警台账", district, cards, pn.GridBox(departments, districts, months, items, ncols=2)
).servable(title="对照页")
