"""Lineage: the cells from which a value of a series comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import duckdb

    from dashboard.queries.values import Measure


class Cell(NamedTuple):
    """A cell of an office's workbook, and what part it plays in a value."""

    role: str
    indicator: str
    ref_area: str
    time_period: str
    printed: str
    unit_printed: str
    source_file: str
    sheet: str
    cell: str
    reported_on: str
    reported_on_basis: str


SQL = """
select l.role, o.indicator, o.ref_area, o.time_period, o.printed, o.unit_printed, o.source_file,
       o.sheet, o.cell, strftime(o.reported_on, '%Y-%m-%d'), o.reported_on_basis
from lineage l join observation o on o.observation_id = l.observation_id
where l.series_id = $series_id and l.measure = $measure
order by o.ref_area, o.period_start, o.period_end, o.source_file, o.cell
"""

FILES = """
select distinct o.source_file
from lineage l join observation o on o.observation_id = l.observation_id
where l.series_id in (select unnest($series)) and l.measure = $measure
order by o.source_file
"""


def cells(
    con: duckdb.DuckDBPyConnection, series_id: int, measure: Measure = "value"
) -> tuple[Cell, ...]:
    """Return every cell that the value rests on."""
    rows = con.execute(SQL, {"series_id": series_id, "measure": measure}).fetchall()
    return tuple(Cell(*row) for row in rows)


def files(
    con: duckdb.DuckDBPyConnection, series_ids: tuple[int, ...], measure: Measure = "value"
) -> tuple[str, ...]:
    """Return the names of the files that some values rest on."""
    rows = con.execute(FILES, {"series": list(series_ids), "measure": measure}).fetchall()
    return tuple(row[0] for row in rows)
