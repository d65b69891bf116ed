"""Lineage: the cells from which a value of a series comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from dashboard.queries.values import Measure


class Cell(NamedTuple):
    """A cell of an office's workbook, and what part it plays in a value."""

    role: str
    indicator: str
    ref_area: str
    breakdown: str
    time_period: str
    printed: str
    unit_printed: str
    source_id: str
    source_file: str
    sheet: str
    cell: str
    reported_on: str
    reported_on_basis: str


class Origin(NamedTuple):
    """Where a report stands on which a value rests, and of which day it is."""

    source_file: str
    sheet: str
    cell: str
    reported_on: str


class File(NamedTuple):
    """A file, and the years from which to which some of its reports go."""

    source_file: str
    first_year: int
    last_year: int


# Words are sorted as text: to sort an enum of thousands of areas takes as long as all the rest.
SQL = """
select l.role, o.indicator, o.ref_area, o.breakdown, o.time_period, o.printed, o.unit_printed,
       o.source_id, o.source_file, o.sheet, o.cell,
       strftime(o.reported_on, '%Y-%m-%d'), o.reported_on_basis
from lineage l join report o on o.observation_id = l.observation_id
where l.series_id = $series_id and l.measure = $measure
order by o.ref_area::text, o.period_start, o.period_end, o.source_file::text, o.cell
"""

ORIGINS = """
select distinct l.series_id, o.source_file, o.sheet, o.cell, strftime(o.reported_on, '%Y-%m-%d')
from lineage l join report o on o.observation_id = l.observation_id
where l.series_id in (select unnest($series_ids)) and l.measure = $measure
order by l.series_id, o.source_file::text, o.sheet::text, o.cell, 5
"""

# Reports of the indicators (of a rate also its parts), of the areas and all that they include; of a
# total also its breakdowns, from which it may be summed.
FILES = """
select source_file, year(period_start), year(period_end)
from observation
where dataset = $dataset and in_force
  and indicator in (select indicator_word from indicator
                    where indicator in (select unnest($indicators))
                    union
                    select operand from operand where indicator in (select unnest($indicators)))
  and ref_area in (select descendant from area_within
                   where dataset = $dataset and ancestor in (select unnest($areas)))
  and ($breakdown = '_T' or breakdown = $breakdown)
group by all order by all
"""

BY_INDICATOR = """
with wanted as (
    select indicator as asked, indicator_word as indicator from indicator
    where list_contains($indicators, indicator)
    union
    select indicator::text, operand from operand where list_contains($indicators, indicator::text))
select asked, source_file, year(period_start), year(period_end)
from observation join wanted using (indicator)
where dataset = $dataset and in_force
  and ref_area in (select descendant from area_within
                   where dataset = $dataset and ancestor = $area)
group by all order by all
"""

OF_AREA = """
select indicator, breakdown, source_file, year(period_start), year(period_end)
from observation
where dataset = $dataset and in_force
  and ref_area in (select descendant from area_within
                   where dataset = $dataset and ancestor = $area)
group by all order by source_file, year(period_start), year(period_end)
"""


def cells(
    con: duckdb.DuckDBPyConnection, series_id: int, measure: Measure = "value"
) -> tuple[Cell, ...]:
    """Return every cell that the value rests on."""
    rows = con.execute(SQL, {"series_id": series_id, "measure": measure}).fetchall()
    return tuple(Cell(*row) for row in rows)


def origins(
    con: duckdb.DuckDBPyConnection, series_ids: tuple[int, ...], measure: Measure = "value"
) -> dict[int, tuple[Origin, ...]]:
    """Return the places in workbooks that each value rests on; a missing value has none."""
    choice = {"series_ids": list(series_ids), "measure": measure}
    found: dict[int, list[Origin]] = {}
    for series_id, *where in con.execute(ORIGINS, choice).fetchall():
        found.setdefault(series_id, []).append(Origin(*where))
    return {series_id: tuple(places) for series_id, places in found.items()}


def files(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: tuple[str, ...],
    areas: tuple[str, ...],
    breakdown: str = TOTAL,
) -> tuple[File, ...]:
    """Return the files whose reports stand behind some indicators, of all years."""
    choice = {
        "dataset": dataset,
        "indicators": list(indicators),
        "areas": list(areas),
        "breakdown": breakdown,
    }
    return tuple(File(*row) for row in con.execute(FILES, choice).fetchall())


def by_indicator(
    con: duckdb.DuckDBPyConnection, dataset: str, indicators: tuple[str, ...], area: str
) -> dict[str, tuple[File, ...]]:
    """Return for each of some indicators what ``files`` returns of an area."""
    choice = {"dataset": dataset, "indicators": list(indicators), "area": area}
    found: dict[str, list[File]] = {code: [] for code in indicators}
    for code, *file in con.execute(BY_INDICATOR, choice).fetchall():
        found[code].append(File(*file))
    return {code: tuple(files) for code, files in found.items()}


def of_area(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str
) -> tuple[tuple[str, str, File], ...]:
    """Return the files behind an area's figures with the indicator and breakdown of each.

    A document asks once for what ``files`` would be asked for each of its charts.
    """
    found = con.execute(OF_AREA, {"dataset": dataset, "area": area}).fetchall()
    return tuple((indicator, breakdown, File(*file)) for indicator, breakdown, *file in found)


def operands(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """Return the numerator and denominator of each rate that is made of them."""
    sql = "select indicator::text, list(operand::text) from operand group by 1"
    return {rate: tuple(parts) for rate, parts in con.execute(sql).fetchall()}


def between(found: Iterable[File], first: str, last: str) -> tuple[str, ...]:
    """Return the names of the files that report on a year from one period to another."""
    start, end = int(first[:4]), int(last[:4])
    return tuple(
        dict.fromkeys(f.source_file for f in found if f.last_year >= start and f.first_year <= end)
    )
