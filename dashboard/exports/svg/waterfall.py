"""Draws a waterfall from top to bottom, what each part adds beside its bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.chart import Series
from dashboard.charts.waterfall import COLOURS, axis_start, bars
from dashboard.exports.svg.marks import HATCHES, filling, pattern
from dashboard.exports.svg.paper import Box, Ink, rectangle, rule, text
from dashboard.exports.svg.words import shortened, width_of

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.charts.waterfall import Bar


def waterfall(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a bar a part, from where the one above it ended."""
    placed = {b.point.category: b for b in bars(chart)}
    names = dict(chart.categories)
    row = box.height / len(names)
    left = min(max(width_of(n, ink.size) for n in names.values()), box.width * 0.4) + ink.size
    right = max(width_of(p.short, ink.size) for p in chart.points) + ink.size
    start = axis_start(chart.points)
    ends = [start, *(end for b in placed.values() for end in (b.start, b.end) if end > start)]
    if not start:
        ends += [end for b in placed.values() for end in (b.start, b.end)]
    low, spread = min(ends), (max(ends) - min(ends)) or 1.0
    scale = max(box.width - left - right, 1.0) / spread
    last_bar = next(reversed(placed.values()), None)
    drawn = _patterns(list(placed.values()), ink)
    for n, point in enumerate(chart.points):
        top = box.y + n * row
        base = top + row * 0.5 + ink.size * 0.35
        name = shortened(names[point.category], left, ink.size)
        drawn += text(name, box.x + left - ink.size * 0.6, base, ink.size, ink.text, "end")
        x = box.x + left
        bar = placed.get(point.category)
        if bar:
            first, last = sorted(max(end, low) - low for end in (bar.start, bar.end))
            drawn += _bar(bar, Box(x + first * scale, top, (last - first) * scale, row), ink)
            end = x + (max(bar.end, low) - low) * scale
            if bar is not last_bar:
                drawn += rule(end, top + row * 0.8, end, top + row * 1.2, ink.muted, "2 2")
            x += last * scale
        drawn += text(point.short, x + ink.size * 0.5, base, ink.size, ink.text)
    return drawn


def _bar(bar: Bar, room: Box, ink: Ink) -> str:
    """Draw a bar in the middle of its row."""
    colour = COLOURS[bar.role]
    body = Box(room.x, room.y + room.height * 0.2, room.width, room.height * 0.6)
    return rectangle(body, filling(bar.point, Series("", (), colour), ink), colour)


def _patterns(placed: list[Bar], ink: Ink) -> str:
    """Return the hatchings of the bars, each in the colour of its role."""
    used = dict.fromkeys((b.point.mark, COLOURS[b.role]) for b in placed if b.point.mark in HATCHES)
    return f"<defs>{''.join(pattern(mark, colour, ink) for mark, colour in used)}</defs>"
