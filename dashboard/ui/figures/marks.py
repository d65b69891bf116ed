"""What all figures share: how marks look, what stands beside a pointer, the bare layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts import signs

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Series
    from dashboard.locale import Words

PATTERNS = {"final": "", "provisional": "/", "inexact": ".", "conflict": "x", "gap": ""}
MARGIN = {"l": 8, "r": 12, "t": 16, "b": 8}
MUTED = "#8A8F98"  # readable on white and on the dark background


def hover(points: tuple[Point, ...], words: Words) -> list[str]:
    """Return what a pointer over each point reads."""
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


def bar_marker(series: Series) -> dict[str, Any]:
    """Return a bar's colour, with the pattern that marks what is not final."""
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


def marker_lines(chart: Chart) -> dict[str, Any]:
    """Return the dotted lines at which something happened, their numbers on top."""
    at = dict.fromkeys(m.category for m in chart.markers)
    if not at:
        return {}
    across = {"xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    drawn = {"color": MUTED, "width": 1.5, "dash": "dot"}
    return {
        "shapes": [{"type": "line", "x0": c, "x1": c, "line": drawn} | across for c in at],
        "annotations": [
            {"x": c, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom"}
            | {"text": signs(chart, c), "showarrow": False, "font": {"size": 14}}
            for c in at
        ],
        "margin": MARGIN | {"t": 34},
    }


def bare_layout(height: int) -> dict[str, Any]:
    """Return what every figure has; ``height`` in pixels."""
    return {
        "height": height,
        "margin": MARGIN,
        "hovermode": "closest",
        "dragmode": False,
    }
