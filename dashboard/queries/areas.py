"""Which areas make up an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

SQL = """
select parent, list(ref_area order by ref_area) from ref_area
where in_total and parent in (select unnest($areas)) group by parent
"""


def children_of(con: duckdb.DuckDBPyConnection, areas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the areas that make up each of ``areas``; those without parts are left out."""
    rows = con.execute(SQL, {"areas": list(areas)}).fetchall()
    return {parent: tuple(parts) for parent, parts in rows}


def children(con: duckdb.DuckDBPyConnection, parent: str) -> tuple[str, ...]:
    """Return the areas that make up ``parent``."""
    return children_of(con, [parent]).get(parent, ())
