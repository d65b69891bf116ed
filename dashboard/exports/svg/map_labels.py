"""What is written on a map: names and values where they have room, else only what needs care."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts import in_cell
from dashboard.charts.area_map import BLANK, HATCHED, filling
from dashboard.charts.chart import SEQUENCE
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.boundaries import Ground, Region
    from dashboard.charts import Chart, Point

SIGNS = {"provisional": "○", "inexact": "◇", "conflict": "✕"}
DARK = SEQUENCE[3:]  # on these, words are white
LEADING = 1.25
OVER = 4.0  # times the free space around its middle: wider words would name the neighbour


class Placed(NamedTuple):
    """An area of a map as it is drawn: its filling, and what stands at its middle."""

    region: Region
    point: Point
    filling: str
    lines: tuple[str, ...]

    @property
    def on_dark(self) -> bool:
        """Return whether the words must be white; without a shade the page's colour shows."""
        return self.filling in DARK

    @property
    def shaded(self) -> bool:
        """Return whether there is a colour at all."""
        return self.filling not in (HATCHED, BLANK)


def placed(chart: Chart, scale: float, size: float) -> list[Placed]:
    """Return the areas in the order of drawing, with the words that fit between others.

    ``scale`` is the width of a unit of the ground, in what ``size`` of type is measured in.
    """
    points = {p.category: (p, filling(p, s)) for s in chart.series for p in s.points}
    names = dict(chart.categories)
    taken: list[tuple[float, float, float, float]] = []
    found = []
    for region in ground_of(chart).regions:
        point, fill = points[region.ref_area]
        lines = _fitting(region, names[region.ref_area], point, scale, size, taken)
        found.append(Placed(region, point, fill, lines))
    return found


def ground_of(chart: Chart) -> Ground:
    """Return the ground that every map has."""
    if chart.ground is None:
        raise ValueError(chart.kind)
    return chart.ground


def _fitting(
    region: Region,
    name: str,
    point: Point,
    scale: float,
    size: float,
    taken: list[tuple[float, float, float, float]],
) -> tuple[str, ...]:
    """Return as many words as do not run into others' or far into the neighbours."""
    for lines in _choices(name, point):
        wide = max(width_of(line, size) for line in lines)
        x, y = (part * scale for part in region.centre)
        high = len(lines) * size * LEADING
        box = (x - wide / 2, x + wide / 2, y - high / 2, y + high / 2)
        narrow = wide > OVER * region.room * scale and len(lines[0]) > 1
        if not narrow and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return lines
    return ()


def _choices(name: str, point: Point) -> Iterator[tuple[str, ...]]:
    yield (name, in_cell(point))
    yield (in_cell(point),)
    if point.mark in SIGNS:
        yield (SIGNS[point.mark],)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (
        one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    )  # fmt: skip
