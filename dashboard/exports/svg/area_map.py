"""Draws a map: areas shaded by class, hatched where a value is missing, the legend below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.area_map import BLANK, HATCHED
from dashboard.exports.svg.map_labels import LEADING, ground_of, placed
from dashboard.exports.svg.paper import Box, Ink, rectangle, text
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.boundaries.read import Ring
    from dashboard.charts import Chart
    from dashboard.exports.svg.map_labels import Placed

INK, WHITE = "#1F2328", "#FFFFFF"
BESIDE = 1.5  # times as wide as high: a box in which the legend stands at the left of the map


def area_map(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw the areas as large as the box allows, north up."""
    ground = ground_of(chart)
    legend, inside = _legend(chart, box, ink)
    high = ground.height - ground.low
    scale = min(inside.width / (ground.width or 1.0), inside.height / (high or 1.0))
    left = inside.x + (inside.width - ground.width * scale) / 2
    bottom = inside.y + (inside.height + (ground.height + ground.low) * scale) / 2

    def path(rings: Iterable[Ring], end: str) -> str:
        return "".join(
            "M"
            + "L".join(f"{left + x * scale:.1f},{bottom - y * scale:.1f}" for x, y in ring)
            + end
            for ring in rings
        )

    areas = placed(chart, scale, ink.size * 0.9)
    drawn = "".join(
        f'<path d="{path(a.region.rings, "Z")}" fill="{_fill(a.filling, ink)}" '
        f'stroke="{ink.paper if a.shaded else ink.muted}" fill-rule="evenodd"/>'
        for a in areas
    )
    if ground.lines:
        drawn += f'<path d="{path(ground.lines, "")}" fill="none" stroke="{ink.muted}"/>'
    words = "".join(_words(a, left, bottom, scale, ink) for a in areas)
    return _hatching(ink) + drawn + words + legend


def _fill(filling: str, ink: Ink) -> str:
    if filling == HATCHED:
        return f"url(#{ink.prefix}-hatched)"
    return "none" if filling == BLANK else filling


def _hatching(ink: Ink) -> str:
    return (
        f'<defs><pattern id="{ink.prefix}-hatched" width="7" height="7" '
        f'patternUnits="userSpaceOnUse"><path d="M0,7L7,0" stroke="{ink.muted}"/></pattern></defs>'
    )


def _words(area: Placed, left: float, bottom: float, scale: float, ink: Ink) -> str:
    size = ink.size * 0.9
    x, y = left + area.region.centre[0] * scale, bottom - area.region.centre[1] * scale
    top = y - (len(area.lines) - 1) / 2 * size * LEADING + size * 0.35
    colour = ink.text if not area.shaded else WHITE if area.on_dark else INK
    words = "".join(
        text(line, x, top + n * size * LEADING, size, colour, "middle")
        for n, line in enumerate(area.lines)
    )
    if not area.shaded:
        return words
    # What reaches over a border keeps its ground: white words could not be read on a light area.
    ground = f'stroke="{area.filling}" stroke-width="3" paint-order="stroke"'
    return words.replace("<text ", f"<text {ground} ")


def _legend(chart: Chart, box: Box, ink: Ink) -> tuple[str, Box]:
    """Draw a key a class, at the left of a wide box, else below; return what is left."""
    keys = [(s.name, _fill(s.colour, ink)) for s in chart.series]
    wide = max(width_of(name, ink.size) for name, _ in keys) + ink.size * 2.6
    if box.width > BESIDE * box.height:
        y = box.y + box.height - len(keys) * ink.size * 1.6
        places = [(box.x, y + n * ink.size * 1.6) for n in range(len(keys))]
        inside = Box(box.x + wide, box.y, box.width - wide, box.height)
    else:
        columns = max(1, int(box.width // wide))
        high = -(-len(keys) // columns) * ink.size * 1.6
        y = box.y + box.height - high
        places = [
            (box.x + n % columns * wide, y + n // columns * ink.size * 1.6)
            for n in range(len(keys))
        ]
        inside = Box(box.x, box.y, box.width, box.height - high - ink.size * 0.5)
    return "".join(_keys(keys, places, ink)), inside


def _keys(
    keys: Sequence[tuple[str, str]], places: Sequence[tuple[float, float]], ink: Ink
) -> Iterable[str]:
    for (name, fill), (x, y) in zip(keys, places, strict=True):
        yield rectangle(Box(x, y, ink.size * 1.4, ink.size), fill, ink.muted)
        yield text(name, x + ink.size * 1.9, y + ink.size * 0.85, ink.size, ink.text)
