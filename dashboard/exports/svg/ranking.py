"""Draws a ranking: bars from left to right, the best on top, what they say beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts import beside
from dashboard.exports.svg.marks import filling
from dashboard.exports.svg.paper import Box, Ink, rectangle, text
from dashboard.exports.svg.words import shortened, width_of

if TYPE_CHECKING:
    from dashboard.charts import Chart


def ranking(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a bar an area; bars are as long as their values, from nought."""
    [series] = chart.series
    if not series.points:
        return ""
    row = box.height / len(series.points)
    names = dict(chart.categories)
    left = min(max(width_of(n, ink.size) for n in names.values()), box.width * 0.4) + ink.size
    right = max(width_of(beside(p, chart.kind), ink.size) for p in series.points) + ink.size
    longest = max(p.value or 0.0 for p in series.points) or 1.0
    room = max(box.width - left - right, 1.0)
    drawn = ""
    for n, p in enumerate(series.points):
        middle = box.y + (n + 0.5) * row
        base = middle + ink.size * 0.35
        long = max(p.value or 0.0, 0.0) / longest * room
        bar = Box(box.x + left, middle - row * 0.31, long, row * 0.62)
        name = shortened(names[p.category], left, ink.size)
        drawn += text(name, box.x + left - ink.size * 0.6, base, ink.size, ink.text, "end")
        drawn += rectangle(bar, filling(p, series, ink), series.colour)
        said = beside(p, chart.kind)
        drawn += text(said, bar.x + long + ink.size * 0.5, base, ink.size, ink.text)
    return drawn
