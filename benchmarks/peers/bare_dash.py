"""One choice, one chart, one table: python bare_dash.py DATABASE INDICATOR AREAS PORT."""

from __future__ import annotations

import sys

import dash
import duckdb
import plotly.express as px
from dash import Input, Output, dcc, html
from dash.dash_table import DataTable

from benchmarks.peers import PERIODS, SERIES

database, indicator, areas, port = sys.argv[1:]
con = duckdb.connect(database, read_only=True)
periods = [period for (period,) in con.execute(PERIODS, [indicator]).fetchall()]
app = dash.Dash()
app.layout = html.Div(
    [
        html.H1("趋势"),
        dcc.Dropdown(periods, periods[0], id="first", clearable=False),
        dcc.Graph(id="chart"),
        DataTable(id="table"),
    ]
)


@app.callback(Output("chart", "figure"), Output("table", "data"), Input("first", "value"))
def draw(first: str) -> tuple[object, list[dict[str, object]]]:
    """Ask for the quarters since the first and draw them."""
    frame = con.cursor().execute(SERIES, [indicator, areas.split(","), first]).df()
    figure = px.line(frame, x="time_period", y="obs_value", color="name", markers=True)
    return figure, frame.to_dict("records")


app.run(port=int(port))
