"""Offices: who sent which file, told by the areas of which it speaks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

REPORTED = "select source_file, ref_area from reported_in where dataset = $dataset"
PARENTS = "select ref_area, parent from ref_area"


def offices(con: duckdb.DuckDBPyConnection, dataset: str) -> Mapping[str, tuple[str, ...]]:
    """Return the files of each office: of the smallest area that holds all areas of a file.

    A city's office sends one sheet with a row a county; a county's office speaks of itself.
    '' are the files whose areas have nothing above them in common.
    """
    parents = dict(con.execute(PARENTS).fetchall())
    spoken: dict[str, list[str]] = defaultdict(list)
    for file, area in con.execute(REPORTED, {"dataset": dataset}).fetchall():
        spoken[file].append(area)
    sent: dict[str, list[str]] = defaultdict(list)
    for file, areas in spoken.items():
        sent[_common(areas, parents)].append(file)
    return {office: tuple(sorted(files)) for office, files in sorted(sent.items())}


def _common(areas: Iterable[str], parents: Mapping[str, str | None]) -> str:
    """Return the smallest area that holds all of some, '' where there is none."""
    shared: list[str] | None = None
    for area in areas:
        above = _upwards(area, parents)
        shared = above if shared is None else [code for code in shared if code in set(above)]
    return shared[0] if shared else ""


def _upwards(area: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return an area and all above it, the nearest first."""
    found: list[str] = []
    here: str | None = area
    while here and here not in found:
        found.append(here)
        here = parents.get(here)
    return found
