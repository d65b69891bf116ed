"""Draws tiles: a figure large, below it its change, how far it is to its target, who reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.tiles import CHANGE
from dashboard.exports.svg.paper import Box, Ink, rectangle, text
from dashboard.exports.svg.words import width_of, wrapped

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point

LARGE = 2.1  # times the type around it
SIGNS = {"provisional": " ○", "conflict": " ✕"}


def tiles(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw the tile of each series; most have a panel each, whose name stands above the box."""
    width = box.width / max(len(chart.series), 1)
    drawn = ""
    for n, series in enumerate(chart.series):
        figure, *progress = series.points
        place = Box(box.x + n * width, box.y, width - ink.size, box.height)
        drawn += _tile(figure, progress, dict(chart.categories)[CHANGE], place, ink)
    return drawn


def _tile(figure: Point, progress: list[Point], on_year: str, box: Box, ink: Ink) -> str:
    said = figure.text + SIGNS.get(figure.mark, "")
    size = min(
        ink.size * LARGE, ink.size * LARGE * box.width / max(width_of(said, ink.size * LARGE), 1)
    )
    y = box.y + size * 1.1
    drawn = rectangle(Box(box.x, box.y - ink.size * 2.0, box.width, 2), ink.alert)
    drawn += text(said, box.x, y, size, ink.text, weight=600)
    changed = f"{on_year} {figure.change}" if figure.change else ""
    told = (changed, *(f"{p.text}　{p.short}" for p in progress if p.text), figure.coverage)
    for line in (
        part for words in told if words for part in wrapped(words, box.width, ink.size, 2)
    ):
        y += ink.size * 1.45
        drawn += text(line, box.x, y, ink.size * 0.95, ink.muted)
    return drawn
