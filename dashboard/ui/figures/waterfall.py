"""Draws a waterfall from top to bottom: names fit beside bars, on a phone too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.waterfall import COLOURS, axis_start, bars
from dashboard.ui.figures.marks import MUTED, PATTERNS, bare_layout, hover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Chart
    from dashboard.charts.waterfall import Bar
    from dashboard.locale import Words

ROOM = 0.3  # of the axis, right of the longest bar, for what is written there


def waterfall(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw a bar a part, lines from bar to bar, signed figures beside them."""
    placed = bars(chart)
    start = axis_start(chart.points)
    farthest = max((max(b.start, b.end) for b in placed), default=1.0)
    least = min((min(b.start, b.end) for b in placed), default=0.0)
    left = start or min(least, 0.0)
    keys = [key for key, _ in chart.categories]
    layout = bare_layout(80 + 38 * len(keys)) | {
        "yaxis": {
            "type": "category", "categoryorder": "array", "categoryarray": keys[::-1],
            "tickvals": keys, "ticktext": [label for _, label in chart.categories],
            "automargin": True, "range": [-0.6, len(keys) - 0.4], "showgrid": False,
        },
        "xaxis": {
            "range": [left, farthest + ROOM * ((farthest - left) or 1.0)],
            "tickformat": f",.{chart.decimals}~f", "zeroline": not start, "nticks": 6,
        },
        "bargap": 0.3,
        "showlegend": False,
    }  # fmt: skip
    data = [_threads(placed), _bars(placed, words), _texts(chart, placed, left, words)]
    if start:
        data.append(_breaks(placed, left))
    return {"data": data, "layout": layout}


def _bars(placed: Sequence[Bar], words: Words) -> dict[str, Any]:
    colours = [COLOURS[b.role] for b in placed]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [b.point.category for b in placed],
        "base": [min(b.start, b.end) for b in placed],
        "x": [abs(b.end - b.start) for b in placed],
        "marker": {
            "color": colours,
            "line": {"color": colours, "width": 1},
            "pattern": {
                "shape": [PATTERNS[b.point.mark] for b in placed],
                "fillmode": "replace",
                "fgcolor": colours,
                "size": 6,
            },
        },
        "hovertext": hover(tuple(b.point for b in placed), words),
        "hoverinfo": "text",
        "textposition": "none",
    }


def _threads(placed: Sequence[Bar]) -> dict[str, Any]:
    """Lead from the end of each bar to the next, so that the eye follows the sum."""
    lines = [
        (value, category)
        for bar, following in zip(placed, placed[1:], strict=False)
        for value, category in (
            (bar.end, bar.point.category),
            (bar.end, following.point.category),
            (None, None),
        )
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [value for value, _ in lines],
        "y": [category for _, category in lines],
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _texts(chart: Chart, placed: Sequence[Bar], left: float, words: Words) -> dict[str, Any]:
    """Write each figure right of its bar, and why a part is not compared where it has none."""
    ends = {b.point.category: max(b.start, b.end) for b in placed}
    return {
        "type": "scatter",
        "mode": "text",
        "x": [ends.get(p.category, left) for p in chart.points],
        "y": [p.category for p in chart.points],
        "text": [f" {p.short}" for p in chart.points],
        "textposition": "middle right",
        "cliponaxis": False,
        "hovertext": hover(chart.points, words),
        "hoverinfo": "text",
    }


def _breaks(placed: Sequence[Bar], left: float) -> dict[str, Any]:
    """Show that the bars of the two levels are cut off where the axis starts."""
    cut = [b.point.category for b in placed if b.role == "level"]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [left] * len(cut),
        "y": cut,
        "text": ["//"] * len(cut),
        "textposition": "middle right",
        "textfont": {"color": "#FFFFFF", "size": 14},
        "hoverinfo": "skip",
    }
