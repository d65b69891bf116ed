"""Draws any chart as SVG without a browser: a frame of words, and a module a kind inside it.

A new kind of chart is one more function in HANDS: it gets the chart, a box and the ink, and
returns elements. How tall it must be in a small picture is said by ``_rows``.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts import panels
from dashboard.exports.svg.area_map import area_map
from dashboard.exports.svg.grid import ROWS, columns_of, in_panels
from dashboard.exports.svg.heat_map import heat_map
from dashboard.exports.svg.marks import defined_patterns
from dashboard.exports.svg.over_time import bars, lines, stacked
from dashboard.exports.svg.paper import (
    FONTS,
    ON_PAGE,
    PRINTED,
    Box,
    Ink,
    element,
    lines_of_text,
    text,
)
from dashboard.exports.svg.ranking import ranking
from dashboard.exports.svg.tiles import tiles
from dashboard.exports.svg.waterfall import waterfall
from dashboard.exports.svg.words import has_legend, legend_rows, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts import Chart
    from dashboard.charts.chart import Kind
    from dashboard.exports.release import Released

    Hand = Callable[[Chart, Box, Ink], str]

__all__ = ["CARD", "HANDS", "SLIDE", "Size", "drawn", "to_svg"]


class Size(NamedTuple):
    """A picture's width and least height in pixels, and its type: text and title."""

    width: int
    height: int
    type_size: float
    title_size: float
    ink: Ink


SLIDE = Size(1280, 720, 18, 30, PRINTED)
CARD = Size(400, 0, 11, 14, ON_PAGE)  # on a phone, in the colours of the page around it

HANDS: dict[Kind, Hand] = {
    "lines": lines,
    "bars": bars,
    "stacked": stacked,
    "ranking": ranking,
    "heat_map": heat_map,
    "pivot": heat_map,
    "waterfall": waterfall,
    "map": area_map,
    "tiles": tiles,
}


def to_svg(chart: Released, size: Size = SLIDE) -> str:
    """Return the chart with all that must stand beside it: unit, legend, notes, source, vintage."""
    return drawn(chart, size)


def drawn(chart: Chart, size: Size) -> str:
    """Return the drawing, for a page that shows the chart anyway; files take a released one."""
    head, top = _head(chart, size)
    foot_lines = _foot_lines(chart, size)
    foot = len(foot_lines) * size.type_size * 1.45
    least = size.type_size * _rows(chart, size)
    margin = size.type_size
    height = max(size.height, top + least + foot + 2 * margin)
    box = Box(margin, top, size.width - 2 * margin, height - top - foot - 2 * margin)
    ink = replace(size.ink, size=size.type_size, prefix=_prefix(chart))
    drawn = in_panels(chart, box, ink, _hand)
    below = lines_of_text(
        foot_lines, margin, height - foot, size.type_size * 0.86, size.ink.muted, 1.69
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {height:.0f}" '
        f'width="{size.width}" height="{height:.0f}" role="img" font-family="{FONTS}">'
        f"{_alt(chart)}{defined_patterns(chart, ink)}{_ground(size, height)}{head}{drawn}{below}"
        "</svg>"
    )


def _hand(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a chart, or say in its place why it has no figure: all withheld, none reported."""
    if _has_figures(chart):
        return HANDS[chart.kind](chart, box, ink)
    why = list(dict.fromkeys(point.text for point in chart.points))
    middle, y = box.x + box.width / 2, box.y + box.height / 2 - ink.size * 0.7 * len(why)
    return "".join(
        text(words, middle, y + ink.size * 1.45 * n, ink.size, ink.muted, "middle")
        for n, words in enumerate(why, start=1)
    )


def _has_figures(chart: Chart) -> bool:
    """Return whether axes have something to show; other kinds write beside each place why not."""
    axes = chart.kind in ("lines", "bars", "stacked")
    return not axes or any(point.value is not None for point in chart.points)


def _rows(chart: Chart, size: Size) -> float:
    """Return how many lines of text high a small picture must be for its kind."""
    n = len(panels(chart))
    if n > 1:
        width = size.width - 2 * size.type_size
        return ROWS * ceil(n / columns_of(chart, width, size.type_size))
    if not _has_figures(chart):
        return 4.0
    if chart.kind in ("ranking", "waterfall"):
        return 1.9 * len(chart.categories)
    if chart.kind in ("heat_map", "pivot"):
        return 2.0 * len(chart.series) + 3
    return 30.0 if chart.kind == "map" else 15.0


def _alt(chart: Chart) -> str:
    return element("title", chart.title) + element("desc", chart.alt)


def _prefix(chart: Chart) -> str:
    """Return what makes the picture's ids its own among others of a page; the same every time."""
    return f"s{sum(map(ord, chart.alt + chart.unit_line)) % 99_991}"


def _ground(size: Size, height: float) -> str:
    if not size.ink.ground:
        return ""
    return f'<rect width="{size.width}" height="{height:.0f}" fill="{size.ink.ground}"/>'


def _head(chart: Chart, size: Size) -> tuple[str, float]:
    """Return title, badge with unit and period, and legend; and where they end."""
    margin, width = size.type_size, size.width - 2 * size.type_size
    title = wrapped(chart.title, width, size.title_size, 3)
    y = margin + size.title_size
    drawn = lines_of_text(title, margin, y, size.title_size, size.ink.text, 1.3, weight=600)
    y += (len(title) - 1) * size.title_size * 1.3 + size.type_size * 1.7
    origin = chart.provenance
    drawn += text(
        "　".join(part for part in (origin.badge, chart.unit_line, chart.period) if part),
        margin, y, size.type_size, size.ink.alert if origin.badge else size.ink.muted,
    )  # fmt: skip
    y += size.type_size * 0.9
    fullest = max(panels(chart), key=lambda part: len(part.series), default=chart)
    if has_legend(fullest):
        legend, y = legend_rows(fullest, Box(margin, y, width, 0), size.ink, size.type_size)
        drawn += legend
    return drawn, y + size.type_size * 0.6


def _foot_lines(chart: Chart, size: Size) -> list[str]:
    """Return the notes, what the figures cover, the source and the vintage, line by line."""
    notes = "　".join(note for note in (*chart.notes, chart.coverage) if note)
    width = size.width - 2 * size.type_size
    said = (notes, chart.provenance.source, chart.provenance.footer)
    return [
        line for words in said if words for line in wrapped(words, width, 0.86 * size.type_size, 4)
    ]
