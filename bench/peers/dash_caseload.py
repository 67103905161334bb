"""预警台账 as a plain Dash page: `cases` asks DuckDB, `cube` holds the cube; drawn by `px` or by `go`."""

from __future__ import annotations

import os
import sys
from threading import Lock

import plotly.express as px
from dash import Dash, Input, Output, dash_table, dcc, html
from figures import DISTRICTS, Figures, asked_of_cases, cube_held
from plotly_charts import by_objects
from waitress import serve

source, drawn_by = sys.argv[1:3]
ask = asked_of_cases if source == "cases" else cube_held()

drawing = Lock()  # plotly express 7.1 raises "Invalid value" where two threads draw
app = Dash(__name__, title="对照页")
app.layout = html.Div(
    [
        html.H1("预警台账"),
        dcc.Checklist(list(DISTRICTS), id="district", inline=True),
        html.Div(id="cards"),
        html.Div(
            [dcc.Graph(id="departments"), dcc.Graph(id="districts"), dcc.Graph(id="months"),
             dash_table.DataTable(id="items", columns=[{"name": c, "id": c} for c in ("item", "cases", "passed")])],
            style={"display": "grid", "gridTemplateColumns": "1fr 1fr"},
        ),
    ]
)  # fmt: skip


def by_express(shown: Figures) -> tuple[object, object, object]:
    """Charts in the words most pages use."""
    return (
        px.bar(shown.departments, y="department", x=["due_soon", "overdue"], orientation="h"),
        px.bar(shown.districts, y="district", x="on_time", orientation="h"),
        px.line(shown.months, x="due_month", y="overdue"),
    )


@app.callback(
    Output("cards", "children"),
    Output("departments", "figure"),
    Output("districts", "figure"),
    Output("months", "figure"),
    Output("items", "data"),
    Input("district", "value"),
)
def show(districts: list[str] | None) -> tuple[object, ...]:
    """Everything for the chosen districts."""
    shown = ask(districts or [])
    with drawing:
        charts = by_express(shown) if drawn_by == "px" else by_objects(shown)
    cards = [html.Div(f"{name} {value}", className="card") for name, value in shown.cards.items()]
    return cards, *charts, shown.items.to_dict("records")


if __name__ == "__main__":
    serve(app.server, host="127.0.0.1", port=int(os.environ["PORT"]), threads=8)
