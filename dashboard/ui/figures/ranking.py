"""Draws a ranking: bars from left to right, what they say beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts import beside
from dashboard.exports.svg.words import width_of
from dashboard.ui.figures.marks import MARGIN, bar_marker, bare_layout, hover

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.locale import Words


SIZE, BESIDE = 11.25, 26  # pixels: of a label's type in the theme; of its spaces and up to its bar


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
    # Where labels want more than the margin, Plotly draws all once more.
    labels = [label.replace(" ", "") for _, label in chart.categories]
    left = BESIDE + max((width_of(label, SIZE) for label in labels), default=0)
    layout = bare_layout(70 + 42 * len(chart.categories)) | {
        "margin": MARGIN | {"l": round(left)},
        "yaxis": {"autorange": "reversed", "automargin": True, "type": "category"},
        "xaxis": {"range": [0, largest * 1.6], "showticklabels": False, "showgrid": False},
        "bargap": 0.35,
        "showlegend": False,
    }
    return {"data": [bars], "layout": layout}
