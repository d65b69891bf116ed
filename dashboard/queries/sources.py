"""Sources: the files that a vintage is made of, and what became of their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import duckdb


class Source(NamedTuple):
    """One file; observations, checks, labels, notes and cells with an error add up to its cells."""

    source_id: str
    source_file: str
    dataset: str
    received_on: str
    n_sheets: int
    n_cells: int
    n_observations: int
    n_checks: int
    n_labels: int
    n_notes: int
    n_issues: int


SQL = """
select source_id, source_file, dataset, strftime(received_on, '%Y-%m-%d'), n_sheets, n_cells,
       n_observations, n_checks, n_labels, n_notes, n_issues
from source
order by dataset desc, source_file, source_id
"""

AREAS = """
select source_id::text, list(distinct ref_area::text order by ref_area::text)
from observation group by source_id
"""

OPEN_CELLS = """
select cell from observation where source_id = $source_id and sheet = $sheet
"""


def sources(con: duckdb.DuckDBPyConnection) -> tuple[Source, ...]:
    """Return every file of the vintage, the office's own first."""
    return tuple(Source(*row) for row in con.execute(SQL).fetchall())


def areas(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the areas of which each file speaks."""
    return dict(con.execute(AREAS).fetchall())


def open_cells(con: duckdb.DuckDBPyConnection, source_id: str, sheet: str) -> frozenset[str]:
    """Return the cells of a sheet whose figures anybody may see."""
    rows = con.execute(OPEN_CELLS, {"source_id": source_id, "sheet": sheet}).fetchall()
    return frozenset(row[0] for row in rows)
