"""Which areas make up an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

SQL = """
select parent, ref_area from ref_area where in_total and list_contains($areas, parent)
order by ref_area
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
