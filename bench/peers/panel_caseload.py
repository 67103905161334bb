"""预警台账 as a plain Panel page over the cube, with the charts that the Dash page draws by objects."""

from __future__ import annotations

import panel as pn
from figures import DISTRICTS, cube_held
from plotly_charts import by_objects

pn.extension("plotly")
ask = pn.state.as_cached("cube", cube_held)

district = pn.widgets.CheckButtonGroup(options=list(DISTRICTS), css_classes=["district"])
cards, items = pn.pane.HTML(), pn.pane.DataFrame(index=False)
departments, districts, months = (pn.pane.Plotly(height=450) for _ in range(3))


def show(chosen: list[str]) -> None:
    """Everything for the chosen districts, in one message."""
    shown = ask(chosen)
    with pn.io.hold():
        cards.object = "".join(
            f"<div class='card'>{name} {value}</div>" for name, value in shown.cards.items()
        )
        departments.object, districts.object, months.object = by_objects(shown)
        items.object = shown.items


show([])
pn.bind(show, district, watch=True)
pn.Column(
    "# 预警台账", district, cards, pn.GridBox(departments, districts, months, items, ncols=2)
).servable(title="对照页")
