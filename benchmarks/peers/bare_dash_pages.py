"""Bare pages beside ours: python bare_dash_pages.py DATABASE PAGE INDICATOR PORT.

Each has one choice, and shows what it changes as Dash's tutorial would: bars, figures with small
lines, a table.
"""

from __future__ import annotations

import sys

import dash
import duckdb
import plotly.express as px
from dash import Input, Output, dcc, html
from dash.dash_table import DataTable

from benchmarks.peers import LISTED, PERIODS, RANKED, TILES

AREA = "620700"
database, page, indicator, port = sys.argv[1:]
con = duckdb.connect(database, read_only=True)
periods = [period for (period,) in con.execute(PERIODS, [indicator]).fetchall()]


def counties(period: str) -> list[object]:
    """Bars of the counties, the longest on top, and their table."""
    frame = con.cursor().execute(RANKED, [indicator, period, AREA]).df()
    bars = px.bar(frame, x="obs_value", y="name", orientation="h", text="obs_value")
    return [dcc.Graph(figure=bars), DataTable(frame.to_dict("records"))]


def overview(period: str) -> list[object]:
    """Eight indicators' figures, and a small line of each."""
    frame = con.cursor().execute(TILES, [AREA, period]).df()
    lines = px.line(frame, x="time_period", y="obs_value", facet_col="indicator", facet_col_wrap=4)
    latest = frame[frame["time_period"] == period]
    tiles = [html.Div([html.H3(r.indicator), html.P(r.obs_value, className="figure")])
             for r in latest.itertuples()]  # fmt: skip
    return [html.Div(tiles), dcc.Graph(figure=lines)]


def explore(period: str) -> list[object]:
    """All values of the counties from a period on."""
    frame = con.cursor().execute(LISTED, [indicator, period, AREA]).df()
    return [DataTable(frame.to_dict("records"))]


SHOWN = {"counties": counties, "overview": overview, "explore": explore}
first = periods[0] if page == "explore" else periods[-1]
app = dash.Dash()
app.layout = html.Div(
    [
        html.H1(page),
        dcc.Dropdown(periods, first, id="period", clearable=False),
        html.Div(id="shown"),
    ]
)


@app.callback(Output("shown", "children"), Input("period", "value"))
def show(period: str) -> list[object]:
    """Ask for the period and show it."""
    return SHOWN[page](period)


app.run(port=int(port))
