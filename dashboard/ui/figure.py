"""Draws a chart on the screen: a Plotly figure as a plain dictionary.

A dictionary because building validated Plotly objects costs more than the query; our tests
validate every kind. Colours of text and background are left to Streamlit's theme, which knows
light from dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plotly.basedatatypes import BaseFigure

from dashboard.charts import beside, in_cell
from dashboard.charts.chart import SEQUENCE

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Series
    from dashboard.locale import Words

CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}
SYMBOLS = {
    "final": "circle",
    "provisional": "circle-open",
    "inexact": "diamond-open",
    "conflict": "x",
    "gap": "circle",
}
PATTERNS = {"final": "", "provisional": "/", "inexact": ".", "conflict": "x", "gap": ""}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "solid", "dash", "dot")
MUTED = "#8A8F98"  # readable on white and on the dark background
MANY_TICKS = 12
FEW = 5


class Drawn(BaseFigure):  # type: ignore[misc]
    """A dictionary as a figure: st.plotly_chart validates dictionaries anew at every rerun.

    That took 36,000 of a page's 50,000 calls; a figure it takes as valid.
    """

    def __init__(self, spec: dict[str, Any]) -> None:
        object.__setattr__(self, "spec", spec)

    def to_dict(self) -> dict[str, Any]:
        """Return the dictionary that is sent to the browser."""
        spec: dict[str, Any] = self.spec
        return spec


def figure(chart: Chart, words: Words) -> dict[str, Any]:
    """Return the dictionary of a chart's figure."""
    draw = {"lines": _lines, "bars": _bars, "ranking": _ranking, "heat_map": _heat_map}
    return draw[chart.kind](chart, words)


def _hover(points: tuple[Point, ...], words: Words) -> list[str]:
    return ["<br>".join(line for line in _hover_lines(p, words) if line) for p in points]


def _hover_lines(point: Point, words: Words) -> tuple[str, ...]:
    change = f"{words('change.on_year')} {point.change}" if point.change else ""
    return (
        f"<b>{point.area}</b>",
        f"{point.period}：{point.text}"
        if words.language == "zh"
        else f"{point.period}: {point.text}",
        change,
        point.coverage,
        words(f"mark.{point.mark}") if point.mark != "gap" else "",
    )


def _lines(chart: Chart, words: Words) -> dict[str, Any]:
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
            "hovertext": _hover(series.points, words),
            "hoverinfo": "text",
        }
        for n, series in enumerate(chart.series)
    ]
    return {"data": traces, "layout": _time_layout(chart)}


def _bars(chart: Chart, words: Words) -> dict[str, Any]:
    traces = [
        {
            "type": "bar",
            "name": series.name,
            "x": [p.category for p in series.points],
            "y": [p.value for p in series.points],
            "marker": _bar_marker(series),
            "hovertext": _hover(series.points, words),
            "hoverinfo": "text",
            "textposition": "none",
        }
        for series in chart.series
    ]
    return {"data": traces, "layout": _time_layout(chart) | {"barmode": "group", "bargap": 0.3}}


def _bar_marker(series: Series) -> dict[str, Any]:
    return {
        "color": series.colour,
        "line": {"color": series.colour, "width": 1},
        "pattern": {
            "shape": [PATTERNS[p.mark] for p in series.points],
            "fillmode": "replace",
            "fgcolor": series.colour,
            "size": 6,
        },
    }


def _time_layout(chart: Chart) -> dict[str, Any]:
    keys = [key for key, _ in chart.categories]
    labels = [label for _, label in chart.categories]
    if len(keys) > MANY_TICKS:
        labels = [label.split("<br>")[-1] if "<br>" in label else "" for label in labels]
    return _layout(380) | {
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": keys,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": labels,
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
        | _steps(chart),
        "showlegend": len(chart.series) > 1,
        "legend": {"orientation": "h", "y": -0.2, "x": 0},
    }


def _steps(chart: Chart) -> dict[str, Any]:
    """Keep the ticks of small values apart: rounded to whole events 0.5 and 1 are both 1."""
    unit = 10.0**-chart.decimals
    few = all(abs(p.value) <= FEW * unit for p in chart.points if p.value is not None)
    return {"dtick": unit} if few else {}


def _ranking(chart: Chart, words: Words) -> dict[str, Any]:
    [series] = chart.series
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [label for _, label in chart.categories],
        "x": [p.value for p in series.points],
        "text": [beside(p, chart.kind) for p in series.points],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": _bar_marker(series),
        "hovertext": _hover(series.points, words),
        "hoverinfo": "text",
    }
    largest = max((p.value or 0.0 for p in series.points), default=1.0) or 1.0
    layout = _layout(70 + 42 * len(chart.categories)) | {
        "yaxis": {"autorange": "reversed", "automargin": True, "type": "category"},
        "xaxis": {"range": [0, largest * 1.6], "showticklabels": False, "showgrid": False},
        "bargap": 0.35,
        "showlegend": False,
    }
    return {"data": [bars], "layout": layout}


def _heat_map(chart: Chart, words: Words) -> dict[str, Any]:
    rows = [series.name for series in chart.series]
    keys = [key for key, _ in chart.categories]
    cells = {
        "type": "heatmap",
        "x": keys,
        "y": rows,
        "z": [[p.value for p in s.points] for s in chart.series],
        "colorscale": [[n / (len(SEQUENCE) - 1), c] for n, c in enumerate(SEQUENCE)],
        "hovertext": [_hover(s.points, words) for s in chart.series],
        "hoverinfo": "text",
        "text": [[in_cell(p) for p in s.points] for s in chart.series],
        "texttemplate": "%{text}",
        "hoverongaps": False,
        "xgap": 3,
        "ygap": 3,
        "colorbar": {"thickness": 10, "outlinewidth": 0, "tickformat": f",.{chart.decimals}~f"},
    }
    layout = _layout(110 + 38 * len(rows)) | {
        "xaxis": _time_layout(chart)["xaxis"] | {"side": "top"},
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
        "hovertext": _hover(tuple(p for _, p in empty), words),
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


def _layout(height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 16, "b": 8},
        "hovermode": "closest",
        "dragmode": False,
    }
