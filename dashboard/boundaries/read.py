"""Reads outlines: the office's own boundaries.geojson, else the catalogue's boundaries.zip.

Only one of the two is drawn in a map, since borders from two makers do not meet.
"""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

OWN, ARCHIVE = "boundaries.geojson", "boundaries.zip"
CODES = ("ref_area", "adcode", "code", "gb")  # what makers of such files call the code
CHINA = "156"  # stands before the six digits in a gb
DIGITS = 6
EAST, NORTH = 180, 90
LEAST = 4  # points of a ring: a triangle that returns to where it began

Ring = tuple[tuple[float, float], ...]


class BoundaryError(Exception):
    """A file about maps that cannot be used: ``reason`` is a key of the words, with its parts."""

    def __init__(self, reason: str, **parts: object) -> None:
        super().__init__(reason)
        self.reason, self.parts = reason, parts


class Outline(NamedTuple):
    """An area's rings in degrees, outer ones counter-clockwise; no code for lines of the whole."""

    ref_area: str
    rings: tuple[Ring, ...]


def outlines(folders: Sequence[Path], parent: str, areas: Iterable[str]) -> tuple[Outline, ...]:
    """Return the outlines of ``areas``, parts of ``parent``; the last folder's own win.

    A polygon without points, as maps drawn by hand keep them, is no outline.
    """
    wanted = {*areas, ""}
    for folder in reversed(folders):
        for path, read in ((folder / OWN, _own), (folder / ARCHIVE, _archived)):
            found = read(path, parent) if path.is_file() else ()
            known = tuple(one for one in found if one.ref_area in wanted and any(one.rings))
            if any(one.ref_area for one in known):
                return known
    return ()


def stamp(folders: Sequence[Path]) -> tuple[tuple[str, int], ...]:
    """Return which files there are and when they changed: what is remembered rests on it."""
    paths = (folder / name for folder in folders for name in (OWN, ARCHIVE, "map.yml"))
    return tuple((str(path), path.stat().st_mtime_ns) for path in paths if path.is_file())


def _own(path: Path, parent: str) -> tuple[Outline, ...]:
    del parent  # one file for all maps of the office
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BoundaryError("unreadable", file=path.name) from None
    return _parsed(text, path.name)


def _archived(path: Path, parent: str) -> tuple[Outline, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            name = f"{parent}.geojson"
            return _parsed(archive.read(name).decode(), name) if name in archive.namelist() else ()
    except (OSError, zipfile.BadZipFile):
        raise BoundaryError("unreadable", file=path.name) from None


def _parsed(text: str, name: str) -> tuple[Outline, ...]:
    try:
        features = json.loads(text)["features"]
        return tuple(_outline(feature, name) for feature in features)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise BoundaryError("unreadable", file=name) from None


def _outline(feature: dict[str, Any], name: str) -> Outline:
    code, geometry = _code(feature.get("properties") or {}), feature["geometry"]
    kind, found = geometry["type"], geometry["coordinates"]
    if kind in ("LineString", "MultiLineString"):
        lines = [found] if kind == "LineString" else found
        return Outline("", tuple(_ring(line, name) for line in lines))
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryError("no_polygon", file=name, area=code or "?", kind=kind)
    if not code:
        raise BoundaryError("no_code", file=name)
    polygons = [found] if kind == "Polygon" else found
    return Outline(code, tuple(ring for polygon in polygons for ring in _turned(polygon, name)))


def _code(properties: dict[str, Any]) -> str:
    """Return an area's code, whatever it is called: 620702 of gb 156620702."""
    said = str(next((properties[key] for key in CODES if properties.get(key)), ""))
    return said.removeprefix(CHINA) if len(said) == len(CHINA) + DIGITS else said


def _turned(polygon: Sequence[Any], name: str) -> Iterator[Ring]:
    """Return the rings of a polygon, the outer one counter-clockwise and its holes the other way.

    Whoever fills them by the way that they wind leaves the holes empty.
    """
    for n, points in enumerate(polygon):
        ring = _ring(points, name)
        if len(ring) >= LEAST:
            yield ring if (_area(ring) > 0) == (n == 0) else ring[::-1]


def _ring(points: Sequence[Sequence[float]], name: str) -> Ring:
    ring = tuple((float(x), float(y)) for x, y, *_ in points)
    if not all(abs(x) <= EAST and abs(y) <= NORTH for x, y in ring):
        raise BoundaryError("not_degrees", file=name)
    return ring


def _area(ring: Ring) -> float:
    """Return twice the area inside a ring; below nought where it winds clockwise."""
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:], strict=False))
