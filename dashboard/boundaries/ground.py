"""The ground of a map: outlines laid flat, north up, and where in each area there is room.

Longitudes are narrowed by the cosine of the map's middle latitude, so that a county has its shape;
the longer side is a thousand units, of which whole ones are as fine as a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from dashboard.boundaries.read import outlines, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dashboard.boundaries.read import Outline, Ring

    Points = NDArray[np.float64]

SIDE = 1000.0
STEP = 28.0  # between the spots that a pointer finds
FINER = 7.0  # in areas smaller than that
BOX, BETWEEN = (150.0, 84.0), 24.0  # a box for an area without an outline, and its distance


@dataclass(frozen=True, slots=True)
class Region:
    """An area on a map. ``centre`` is the spot farthest from its borders, ``room`` how far.

    ``spots`` lie all over the area, for hands that can only be pointed at points. An area without
    an outline (市本级, zones) is a box below the map.
    """

    ref_area: str
    rings: tuple[Ring, ...]
    centre: tuple[float, float]
    room: float
    spots: tuple[tuple[float, float], ...]
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """Regions, the larger first, and lines that belong to the whole; y is from low to height."""

    regions: tuple[Region, ...]
    lines: tuple[Ring, ...]
    low: float
    width: float
    height: float


def ground(
    folders: Sequence[Path], parent: str, areas: Iterable[str], shown: Iterable[str]
) -> Ground | None:
    """Return the ground of a map of ``parent`` by ``areas``; None where no file has any of them.

    Those that are ``shown`` in any case get a box where they have no outline.
    """
    return _ground(tuple(folders), stamp(folders), parent, tuple(areas), tuple(shown))


@lru_cache(maxsize=32)
def _ground(
    folders: tuple[Path, ...],
    stamped: object,
    parent: str,
    areas: tuple[str, ...],
    shown: tuple[str, ...],
) -> Ground | None:
    del stamped  # only so that a file which changed is read again
    found = outlines(folders, parent, areas)
    if not found:
        return None
    flat = _flat(found)
    apart = sorted({*shown} - {code for code, _ in flat})
    every = [p for _, rings in flat for ring in rings for p in ring]
    regions = [_region(code, rings) for code, rings in flat if code]
    width = max(x for x, _ in every)
    boxes = _boxes(apart, width)
    return Ground(
        regions=(*sorted(regions, key=lambda r: -len(r.spots)), *boxes),
        lines=tuple(ring for code, rings in flat if not code for ring in rings),
        low=min((y for box in boxes for _, y in box.rings[0]), default=0.0),
        width=width,
        height=max(y for _, y in every),
    )


def _boxes(apart: Sequence[str], width: float) -> list[Region]:
    """Return a box an area below the map, row by row; what is below it has a negative y."""
    (wide, high), found = BOX, []
    a_row = max(1, int((width + BETWEEN) // (wide + BETWEEN)))
    for n, code in enumerate(apart):
        x, y = n % a_row * (wide + BETWEEN), -(n // a_row + 1) * (high + BETWEEN)
        ring = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))
        middle = (x + wide / 2, y + high / 2)
        found.append(replace(_region(code, (ring,)), centre=middle, boxed=True))
    return found


def _flat(found: Sequence[Outline]) -> list[tuple[str, tuple[Ring, ...]]]:
    """Lay outlines flat, from nought to the longer side's thousand."""
    every = [p for one in found for ring in one.rings for p in ring]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    narrow = cos(radians((south + north) / 2))
    scale = SIDE / (max((east - west) * narrow, north - south) or 1.0)
    return [
        (
            one.ref_area,
            tuple(
                tuple(
                    (round((x - west) * narrow * scale, 1), round((y - south) * scale, 1))
                    for x, y in ring
                )
                for ring in one.rings
            ),
        )
        for one in found
    ]


def _region(code: str, rings: tuple[Ring, ...]) -> Region:
    spots = _spots(rings, STEP)
    fine = spots if len(spots) > len(rings) * FINER else _spots(rings, FINER)
    if not len(fine):
        fine = np.array(rings[0][:1])
    rooms = _rooms(fine, rings)
    best = int(rooms.argmax())
    centre = (float(fine[best][0]), float(fine[best][1]))
    shown = tuple((float(x), float(y)) for x, y in spots) or (centre,)
    return Region(code, rings, centre, float(rooms[best]), shown)


def _spots(rings: tuple[Ring, ...], step: float) -> Points:
    """Return the points of a grid that lie inside: from them eastwards lies an odd border."""
    every = np.array([p for ring in rings for p in ring])
    low, high = every.min(axis=0), every.max(axis=0)
    across, up = (np.arange(low[n] + step / 2, high[n], step) for n in (0, 1))
    grid = np.array([(x, y) for x in across for y in up]).reshape(-1, 2)
    start, end = _edges(rings)
    x, y = grid[:, :1], grid[:, 1:]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (end[:, 0] - start[:, 0]) / (end[:, 1] - start[:, 1])
        crosses = spans & (x < start[:, 0] + (y - start[:, 1]) * slope)
    inside: Points = grid[crosses.sum(axis=1) % 2 == 1]
    return inside.round(1)


def _rooms(spots: Points, rings: tuple[Ring, ...]) -> Points:
    """Return how far each spot is from the nearest border."""
    start, end = _edges(rings)
    along = end - start
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    toward = spots[:, None, :] - start
    part = np.clip((toward * along).sum(axis=2) / length, 0, 1)
    away = toward - part[:, :, None] * along
    nearest: Points = np.sqrt((away**2).sum(axis=2)).min(axis=1)
    return nearest


def _edges(rings: tuple[Ring, ...]) -> tuple[Points, Points]:
    pairs = [pair for ring in rings for pair in zip(ring, ring[1:], strict=False)]
    edges = np.array(pairs)
    return edges[:, 0], edges[:, 1]
