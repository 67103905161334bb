"""总览's figures as a plain Plotly Dash page: cards, two charts, a table and a choice of district."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dash_table, dcc, html

FOLDER = Path(__file__).resolve().parents[2] / "data" / "bulletins" / "2022H1"
centers = pd.read_csv(FOLDER / "centers.csv", encoding="utf-8-sig")
warnings = pd.read_csv(FOLDER / "warnings.csv", encoding="utf-8-sig")
scope = centers[(centers["地区"] != "全市") & centers["提升数"].notna()]
by_department = warnings[warnings["部门"] != "全市"].melt(
    "部门", ["预警件数", "超期件数"], "类别", "件数"
)
stated = centers[centers["地区"] == "全市"].set_index("层级")["提升数"]
everywhere = warnings[warnings["部门"] == "全市"].iloc[0]

app = Dash(__name__, title="对照页")
app.layout = html.Div(
    [
        html.H1("政务服务总览"),
        dcc.Dropdown(
            sorted(scope["地区"].unique()), multi=True, id="district", placeholder="全部地区"
        ),
        html.Div(id="cards"),
        html.Div(
            [dcc.Graph(id="scope"), dcc.Graph(id="warned")],
            style={"display": "grid", "gridTemplateColumns": "1fr 1fr"},
        ),
        dash_table.DataTable(id="rows", columns=[{"name": c, "id": c} for c in scope.columns[:5]]),
    ]
)


@app.callback(
    Output("cards", "children"),
    Output("scope", "figure"),
    Output("warned", "figure"),
    Output("rows", "data"),
    Input("district", "value"),
)
def show(districts: list[str] | None) -> tuple[list[html.Div], object, object, list[dict]]:
    """Everything for the chosen districts."""
    rows = scope[scope["地区"].isin(districts)] if districts else scope
    points = rows.loc[rows["层级"] == "便民点", "提升数"].sum() if districts else stated["便民点"]
    cards = [("便利站", points), ("预警", everywhere["预警件数"]), ("超期", everywhere["超期件数"])]
    return (
        [html.Div(f"{name} {value:.0f}", className="card") for name, value in cards],
        px.bar(rows, y="地区", x="提升数", color="层级", orientation="h"),
        px.bar(by_department, y="部门", x="件数", color="类别", barmode="group", orientation="h"),
        rows.iloc[:, :5].to_dict("records"),
    )


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), debug=False)
