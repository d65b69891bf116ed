"""How marks look on paper: hollow, diamond, cross; hatched, dotted, crossed; never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.svg.paper import Box, Ink, rectangle, rule

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Series

DASHES = ("", "8 4", "2 3", "8 3 2 3", "12 5", "", "8 4", "2 3")
HATCHES = {
    "provisional": "M0,6L6,0",
    "inexact": "M1,1.5h1M4,4.5h1",
    "conflict": "M0,6L6,0M0,0L6,6",
}


def key_of(chart: Chart, number: int, x: float, y: float, size: float) -> str:
    """Return what stands before a series' name in the legend."""
    colour = chart.series[number].colour
    if chart.kind != "lines":
        return rectangle(Box(x + size * 0.7, y - size * 0.4, size * 1.1, size * 0.8), colour)
    dash = DASHES[number % len(DASHES)]
    drawn = rule(x, y, x + size * 2, y, colour, dash).replace("/>", ' stroke-width="2"/>')
    return drawn + f'<circle cx="{x + size:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'


def spot(point: Point, x: float, y: float, colour: str, ink: Ink) -> str:
    """Return the mark of a point on a line; a gap has none."""
    r = ink.size * 0.32
    hollow = f'fill="{ink.paper}" stroke="{colour}" stroke-width="2"'
    if point.mark == "conflict":
        d = f"M{x - r:.1f},{y - r:.1f}l{2 * r:.1f},{2 * r:.1f}m0,{-2 * r:.1f}"
        d += f"l{-2 * r:.1f},{2 * r:.1f}"
        return f'<path d="{d}" stroke="{colour}" stroke-width="2.5" fill="none"/>'
    if point.mark == "inexact":
        d = f"M{x:.1f},{y - 1.3 * r:.1f}l{1.3 * r:.1f},{1.3 * r:.1f}l{-1.3 * r:.1f},{1.3 * r:.1f}"
        return f'<path d="{d}l{-1.3 * r:.1f},{-1.3 * r:.1f}z" {hollow}/>'
    if point.mark == "provisional":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 1.1:.1f}" {hollow}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{colour}"/>'


def filling(point: Point, series: Series, ink: Ink) -> str:
    """Return how a bar is filled: its colour, or the hatching that marks it."""
    if point.mark not in HATCHES:
        return series.colour
    return f"url(#{_name(point.mark, series.colour, ink)})"


def defined_patterns(chart: Chart, ink: Ink) -> str:
    """Return the hatchings that the bars of a chart use."""
    if chart.kind in ("lines", "heat_map", "waterfall", "map"):
        return ""
    used = dict.fromkeys(
        (p.mark, s.colour) for s in chart.series for p in s.points if p.mark in HATCHES
    )
    patterns = "".join(pattern(mark, colour, ink) for mark, colour in used)
    return f"<defs>{patterns}</defs>" if patterns else ""


def pattern(mark: str, colour: str, ink: Ink) -> str:
    """Return a hatching; its id names mark and colour."""
    return (
        f'<pattern id="{_name(mark, colour, ink)}" width="6" height="6" '
        f'patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="{ink.paper}"/>'
        f'<path d="{HATCHES[mark]}" stroke="{colour}" stroke-width="1.5"/></pattern>'
    )


def _name(mark: str, colour: str, ink: Ink) -> str:
    return f"{ink.prefix}-{mark}-{colour.lstrip('#')}"
