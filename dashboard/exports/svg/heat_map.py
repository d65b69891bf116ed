"""Draws a heat map: a row an area, a column a period; what is missing is framed and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts import in_cell
from dashboard.charts.chart import SEQUENCE
from dashboard.exports.pptx.table import shade
from dashboard.exports.svg.paper import Box, Ink, lines_of_text, rectangle, text
from dashboard.exports.svg.words import shortened, width_of, wrapped

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point

HEAD = 2.6  # lines of text: a period above its year
DARK = 3  # from this step on, words are written in white


def heat_map(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a cell an area and period, each with its figure where it has room."""
    widest = max(width_of(series.name, ink.size) for series in chart.series)
    left = min(widest, box.width * 0.34) + ink.size * 0.6
    column = (box.width - left) / len(chart.categories)
    head = ink.size * HEAD
    row = (box.height - head) / len(chart.series)
    known = [p.value for p in chart.points if p.value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    shaded = chart.kind == "heat_map"  # a pivot's indicators have nothing to compare
    drawn = _heads(chart, box, left, column, ink)
    for n, series in enumerate(chart.series):
        y = box.y + head + n * row
        most = 2 if row >= ink.size * 2.2 else 1
        name = wrapped(series.name, left - ink.size * 0.5, ink.size, most)
        first = y + row * 0.5 + ink.size * (0.35 - 0.55 * (len(name) - 1))
        drawn += lines_of_text(name, box.x, first, ink.size, ink.text, 1.1)
        for k, p in enumerate(series.points):
            cell = Box(box.x + left + k * column, y, column, row)
            drawn += _cell(p, cell, shade(p.value, low, high) if shaded else None, ink)
    return drawn


def _heads(chart: Chart, box: Box, left: float, column: float, ink: Ink) -> str:
    drawn = ""
    for n, (_, label) in enumerate(chart.categories):
        parts = label.split("<br>")
        crowded = width_of(parts[0], ink.size) > column
        for k, words in enumerate(parts[-1:] if crowded and len(parts) > 1 else parts):
            if not crowded or len(parts) > 1:
                x = box.x + left + (n + 0.5) * column
                y = box.y + ink.size * (1 + 1.2 * k)
                drawn += text(words, x, y, ink.size * 0.9, ink.muted, "middle")
    return drawn


def _cell(point: Point, cell: Box, step: int | None, ink: Ink) -> str:
    inside = Box(cell.x + 1, cell.y + 1, cell.width - 2, cell.height - 2)
    words, size = in_cell(point), ink.size * 0.85
    if step is None:
        gap = point.mark == "gap"
        drawn = rectangle(inside, "none", ink.muted, "2 3" if gap else "")
        colour = ink.muted if gap else ink.text
    else:
        drawn = rectangle(inside, SEQUENCE[step])
        colour = "#FFFFFF" if step >= DARK else "#1F2328"
    if width_of(words, size) > inside.width:
        size = max(size * inside.width / width_of(words, size), ink.size * 0.6)
    x, y = cell.x + cell.width / 2, cell.y + cell.height / 2 + size * 0.35
    return drawn + text(shortened(words, cell.width, size), x, y, size, colour, "middle")
