"""Draws a heat map: areas down, periods across, gaps framed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts import in_cell
from dashboard.charts.chart import SEQUENCE
from dashboard.ui.figures.marks import MUTED, bare_layout, hover
from dashboard.ui.figures.over_time import time_layout

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.locale import Words


def heat_map(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw a cell an area and period; what is missing says why."""
    rows = [series.name for series in chart.series]
    keys = [key for key, _ in chart.categories]
    cells = {
        "type": "heatmap",
        "x": keys,
        "y": rows,
        "z": [[p.value for p in s.points] for s in chart.series],
        "colorscale": [[n / (len(SEQUENCE) - 1), c] for n, c in enumerate(SEQUENCE)],
        "hovertext": [hover(s.points, words) for s in chart.series],
        "hoverinfo": "text",
        # what a gap says is written by _gaps: Plotly writes on a cell without colour, too
        "text": [["" if p.mark == "gap" else in_cell(p) for p in s.points] for s in chart.series],
        "texttemplate": "%{text}",
        "hoverongaps": False,
        "xgap": 3,
        "ygap": 3,
        "colorbar": {"thickness": 10, "outlinewidth": 0, "tickformat": f",.{chart.decimals}~f"},
    }
    layout = bare_layout(110 + 38 * len(rows)) | {
        "xaxis": time_layout(chart)["xaxis"] | {"side": "top"},
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "type": "category",
            "showgrid": False,
        },
        "shapes": [
            _frame_of_gap(column, row)
            for row, series in enumerate(chart.series)
            for column, point in enumerate(series.points)
            if point.mark == "gap"
        ],
    }
    return {"data": [cells, _gaps(chart, words)], "layout": layout}


def _gaps(chart: Chart, words: Words) -> dict[str, Any]:
    """Write into each empty cell why it is one."""
    empty = [(s.name, p) for s in chart.series for p in s.points if p.mark == "gap"]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [p.category for _, p in empty],
        "y": [name for name, _ in empty],
        "text": [p.short for _, p in empty],
        "textfont": {"color": MUTED, "size": 10},
        "hovertext": hover(tuple(p for _, p in empty), words),
        "hoverinfo": "text",
        "showlegend": False,
    }


def _frame_of_gap(column: int, row: int) -> dict[str, Any]:
    """Frame an empty cell with dashes, so that it is not taken for the palest value."""
    return {
        "type": "rect",
        "x0": column - 0.46,
        "x1": column + 0.46,
        "y0": row - 0.42,
        "y1": row + 0.42,
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }
