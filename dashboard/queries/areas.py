"""Which areas make up an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

SQL = """
select parent, ref_area from ref_area where in_total and list_contains($areas, parent)
order by ref_area
"""

Reach = Literal["both", "own", "parts", "all"]

WITHIN = """
select distinct descendant::text from area_within
where dataset = $dataset and list_contains($areas, ancestor::text)
"""


def children_of(con: duckdb.DuckDBPyConnection, areas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the areas that make up each of ``areas``; those without parts are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for parent, area in con.execute(SQL, {"areas": list(areas)}).fetchall():
        found[parent] = (*found.get(parent, ()), area)
    return found


def children(con: duckdb.DuckDBPyConnection, parent: str) -> tuple[str, ...]:
    """Return the areas that make up ``parent``."""
    return children_of(con, [parent]).get(parent, ())


def reached(
    con: duckdb.DuckDBPyConnection, dataset: str, areas: tuple[str, ...], reach: Reach
) -> tuple[str, ...]:
    """Return areas with what lies below them: themselves, their parts, both, or all levels."""
    parts = {part for below in children_of(con, areas).values() for part in below}
    if reach == "all":
        rows = con.execute(WITHIN, {"dataset": dataset, "areas": list(areas)}).fetchall()
        parts = {code for (code,) in rows}
    return tuple(sorted({*(() if reach == "parts" else areas), *(() if reach == "own" else parts)}))
