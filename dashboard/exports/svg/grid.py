"""Puts the panels of a chart side by side, each under its title."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

from dashboard.charts import panels
from dashboard.exports.svg.paper import Box, Ink, text
from dashboard.exports.svg.words import shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts import Chart

NARROWEST = 16  # lines of text; a panel is not narrower
MOST_COLUMNS = 4
ROWS = 13  # lines of text: the height of a panel in a small picture


def columns_of(chart: Chart, width: float, type_size: float) -> int:
    """Return how many panels stand side by side; 1 where the chart has none."""
    n = len(panels(chart))
    room = max(int(width / (NARROWEST * type_size)), 1)
    return min(n, room, MOST_COLUMNS, ceil(sqrt(n)) + 1)


def in_panels(chart: Chart, box: Box, ink: Ink, draw: Callable[[Chart, Box, Ink], str]) -> str:
    """Draw a chart in its box, or its panels in a grid that fills the box."""
    parts = panels(chart)
    if parts == (chart,):
        return draw(chart, box, ink)
    columns = columns_of(chart, box.width, ink.size)
    width, height = box.width / columns, box.height / ceil(len(parts) / columns)
    head, drawn = 1.6 * ink.size, ""
    for n, part in enumerate(parts):
        row, column = divmod(n, columns)
        x, y = box.x + column * width, box.y + row * height
        title = shortened(part.title, width - ink.size, ink.size)
        drawn += text(title, x, y + ink.size, ink.size, ink.text, weight=600)
        drawn += draw(part, Box(x, y + head, width - ink.size, height - head), ink)
    return drawn
