"""Draws values over time, as lines or as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.ui.figures.marks import bar_marker, bare_layout, hover, marker_lines

if TYPE_CHECKING:
    from dashboard.charts import Chart, Series
    from dashboard.locale import Words

SYMBOLS = {
    "final": "circle",
    "provisional": "circle-open",
    "inexact": "diamond-open",
    "conflict": "x",
    "gap": "circle",
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "solid", "dash", "dot")
MANY_TICKS = 12
FEW = 5


def lines(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw a line a series, broken at gaps."""
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": series.name,
            "x": [p.category for p in series.points],
            "y": [p.value for p in series.points],
            "connectgaps": False,
            "cliponaxis": False,
            "line": {"color": series.colour, "width": 2.5, "dash": DASHES[n % len(DASHES)]},
            "marker": {
                "symbol": [SYMBOLS[p.mark] for p in series.points],
                "size": [7 if p.mark == "final" else 11 for p in series.points],
                "color": series.colour,
                "opacity": 1,
                "line": {"width": 2, "color": series.colour},
            },
            "hovertext": hover(series.points, words),
            "hoverinfo": "text",
        }
        for n, series in enumerate(chart.series)
    ]
    return {"data": traces, "layout": time_layout(chart) | marker_lines(chart)}


def bars(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw bars side by side, a colour a series."""
    traces = [
        {
            "type": "bar",
            "name": series.name,
            "x": [p.category for p in series.points],
            "y": [p.value for p in series.points],
            "marker": bar_marker(series),
            "hovertext": hover(series.points, words),
            "hoverinfo": "text",
            "textposition": "none",
            "legendgroup": series.name,
            "showlegend": False,
        }
        for series in chart.series
    ]
    traces += [_swatch(series) for series in chart.series]
    layout = time_layout(chart) | marker_lines(chart) | {"barmode": "group", "bargap": 0.3}
    return {"data": traces, "layout": layout}


def _swatch(series: Series) -> dict[str, Any]:
    """Stand for a series in the legend: Plotly's own has the pattern of its first bar."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": series.name,
        "x": [None],
        "y": [None],
        "marker": {"symbol": "square", "size": 12, "color": series.colour},
        "legendgroup": series.name,
    }


def stacked(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw bars upon each other, a colour a part."""
    spec = bars(chart, words)
    spec["layout"] |= {"barmode": "stack", "bargap": 0.4}
    return spec


def time_layout(chart: Chart) -> dict[str, Any]:
    """Return the layout of categories along the bottom, values from nought up."""
    keys = [key for key, _ in chart.categories]
    return bare_layout(380) | {
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": keys,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": tick_labels(chart, MANY_TICKS),
            "tickangle": 0,
            "showgrid": False,
            "range": [-0.5, len(keys) - 0.5],
        },
        "yaxis": {
            "rangemode": "tozero",
            "tickformat": f",.{chart.decimals}~f",
            "automargin": True,
            "zeroline": True,
        }
        | _steps(chart)
        | ({"range": list(chart.limits)} if chart.limits else {}),
        "showlegend": len(chart.series) > 1,
        "legend": {"orientation": "h", "y": -0.2, "x": 0},
    }


def tick_labels(chart: Chart, room: int) -> list[str]:
    """Return what stands under the axis; only the years where there is no ``room`` for more."""
    labels = [label for _, label in chart.categories]
    if len(labels) <= room:
        return labels
    return [label.split("<br>")[-1] if "<br>" in label else "" for label in labels]


def _steps(chart: Chart) -> dict[str, Any]:
    """Keep the ticks of small values apart: rounded to whole events 0.5 and 1 are both 1."""
    unit = 10.0**-chart.decimals
    few = all(abs(p.value) <= FEW * unit for p in chart.points if p.value is not None)
    return {"dtick": unit} if few else {}
