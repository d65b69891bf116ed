"""Draws a heat map: a row an area, a column a period; what is missing is framed and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts import in_cell
from dashboard.charts.chart import SEQUENCE
from dashboard.exports.pptx.table import shade
from dashboard.exports.svg.paper import Box, Ink, lines_of_text, rectangle, rule, text
from dashboard.exports.svg.words import shortened, width_of, wrapped

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point

HEAD = 2.6  # lines of text: a period above its year
SMALL, MOST_LINES = 0.9, 4  # a heading's type and lines
DARK = 3  # from this step on, words are written in white


def heat_map(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a cell an area and period, each with its figure where it has room."""
    widest = max(width_of(series.name, ink.size) for series in chart.series)
    left = min(widest, box.width * 0.34) + ink.size * 0.6
    column = (box.width - left) / len(chart.categories)
    headings = _headings(chart, column, ink)
    head = ink.size * (HEAD + 1.1 * max(max(map(len, headings)) - 2, 0))
    row = (box.height - head) / len(chart.series)
    known = [p.value for p in chart.points if p.value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    shaded = chart.kind == "heat_map"  # a pivot's indicators have nothing to compare
    drawn = _heads(headings, box, left, column, ink)
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


def _headings(chart: Chart, column: float, ink: Ink) -> list[list[str]]:
    """Return each column's heading in lines; of a period above its year the year, where crowded."""
    size, found = ink.size * SMALL, []
    for _, label in chart.categories:
        parts = label.split("<br>")
        if len(parts) > 1:
            found.append(parts[-1:] if width_of(parts[0], size) > column else parts)
        else:
            found.append(wrapped(label, column - size, size, MOST_LINES))
    return found


def _heads(headings: list[list[str]], box: Box, left: float, column: float, ink: Ink) -> str:
    drawn = ""
    for n, lines in enumerate(headings):
        x = box.x + left + (n + 0.5) * column
        for k, words in enumerate(lines):
            y = box.y + ink.size * (1 + 1.1 * k)
            drawn += text(words, x, y, ink.size * SMALL, ink.muted, "middle")
    return drawn


def _cell(point: Point, cell: Box, step: int | None, ink: Ink) -> str:
    inside = Box(cell.x + 1, cell.y + 1, cell.width - 2, cell.height - 2)
    words, size = in_cell(point), ink.size * 0.85
    if step is None:  # a table: lines below its rows, since frames around nothing look broken
        gap, below = point.mark == "gap", cell.y + cell.height
        drawn = rule(cell.x, below, cell.x + cell.width, below, ink.rule)
        if gap and words:
            drawn = rectangle(inside, "none", ink.muted, "2 3")
        colour = ink.muted if gap else ink.text
    else:
        drawn = rectangle(inside, SEQUENCE[step])
        colour = "#FFFFFF" if step >= DARK else "#1F2328"
    if width_of(words, size) > inside.width:
        size = max(size * inside.width / width_of(words, size), ink.size * 0.6)
    x, y = cell.x + cell.width / 2, cell.y + cell.height / 2 + size * 0.35
    return drawn + text(shortened(words, cell.width, size), x, y, size, colour, "middle")
