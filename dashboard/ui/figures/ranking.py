"""Draws a ranking: bars from left to right, what they say beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts import beside
from dashboard.ui.figures.marks import bar_marker, bare_layout, hover

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.locale import Words


def ranking(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw a bar an area, the best on top."""
    [series] = chart.series
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [label for _, label in chart.categories],
        "x": [p.value for p in series.points],
        "customdata": [p.category for p in series.points],
        "text": [beside(p, chart.kind) for p in series.points],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": bar_marker(series),
        "hovertext": [
            f"{said}<br>{words('counties.click')}" for said in hover(series.points, words)
        ],
        "hoverinfo": "text",
    }
    largest = max((p.value or 0.0 for p in series.points), default=1.0) or 1.0
    layout = bare_layout(70 + 42 * len(chart.categories)) | {
        "yaxis": {"autorange": "reversed", "automargin": True, "type": "category"},
        "xaxis": {"range": [0, largest * 1.6], "showticklabels": False, "showgrid": False},
        "bargap": 0.35,
        "showlegend": False,
    }
    return {"data": [bars], "layout": layout}
