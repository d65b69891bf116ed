"""Overview: which indicators to show first, and where the data is thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.queries.periods import freq_of, last_day

if TYPE_CHECKING:
    import duckdb


# The headline indicators, then one of each aspect, a second of each, in the order of the
# catalogue: a leader sees all sides of the work before more of one.
FIRST = """
select indicator from (
    select i.indicator, i.position, i.headline,
           row_number() over (partition by i.aspect order by i.position) as turn
    from indicator i
    where i.indicator in (
        select indicator from available
        where dataset = $dataset and ref_area = $area and freq = $freq and breakdown = '_T'
          and $period between first_period and last_period)
)
order by headline nulls last, turn, position limit $limit
"""

# A period counts once it is half as full as the fullest: one early figure makes no new quarter.
LATEST = """
select max(time_period) from filled
where dataset = $dataset and ref_area = $area and freq = $freq and n_values > 0
  and 2 * n_values >= (select max(n_values) from filled
                       where dataset = $dataset and ref_area = $area and freq = $freq)
"""

# An area is due when it has a value in the period or owes one: what does not apply, or is not due
# yet, asks nothing of it. One that is due and has no value is silent.
DUE = """
select ref_area, n_values > 0 from filled
where dataset = $dataset and freq = $freq and time_period = $period
  and ref_area in (select ref_area from ref_area where parent = $area and in_total)
  and (n_values > 0 or n_missing > 0)
order by ref_area
"""

# Overdue are those of them for which reporting.yml set a day; it has passed, or they would not be
# missing. ``$day`` is the last of the period.
OVERDUE = """
select distinct f.ref_area from filled f
join (select unnest(ref_areas) as ref_area, valid_from, valid_to
      from deadline where dataset = $dataset) t
  on t.ref_area = f.ref_area and $day between t.valid_from and coalesce(t.valid_to, $day)
where f.dataset = $dataset and f.freq = $freq and f.time_period = $period
  and f.ref_area in (select ref_area from ref_area where parent = $area and in_total)
  and f.n_values = 0 and f.n_missing > 0
order by f.ref_area
"""

# What areas that did report owe all the same; of an area without parts what it owes itself.
MISSING = """
select ref_area, n_missing from filled
where dataset = $dataset and freq = $freq and time_period = $period
  and (ref_area in (select ref_area from ref_area where parent = $area and in_total)
       or ref_area = $area and $area not in (select parent from ref_area where in_total
                                             and parent is not null))
  and n_values > 0 and n_missing > 0
order by ref_area
"""


OWN = """
select n_values, n_values + n_missing from filled
where dataset = $dataset and ref_area = $area and freq = $freq and time_period = $period
"""


def first_indicators(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, period: str, limit: int = 8
) -> tuple[str, ...]:
    """Return the indicators to show before any choice was made."""
    choice = {"dataset": dataset, "area": area, "freq": freq_of(period), "period": period}
    rows = con.execute(FIRST, {**choice, "limit": limit}).fetchall()
    return tuple(row[0] for row in rows)


def latest_period(con: duckdb.DuckDBPyConnection, dataset: str, area: str, freq: str) -> str | None:
    """Return the last period for which the area has most of its values."""
    row = con.execute(LATEST, {"dataset": dataset, "area": area, "freq": freq}).fetchone()
    return row[0] if row else None


def due_areas(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, period: str
) -> dict[str, bool]:
    """Return the children of ``area`` that were due to report, and whether anything came."""
    choice = {"dataset": dataset, "area": area, "freq": freq_of(period), "period": period}
    return dict(con.execute(DUE, choice).fetchall())


def missing_figures(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, period: str
) -> dict[str, int]:
    """Return how many figures are missing of the children of ``area`` from which others came."""
    choice = {"dataset": dataset, "area": area, "freq": freq_of(period), "period": period}
    return dict(con.execute(MISSING, choice).fetchall())


def own_figures(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, period: str
) -> tuple[int, int]:
    """Return how many figures there are of ``area`` itself, and how many are due."""
    choice = {"dataset": dataset, "area": area, "freq": freq_of(period), "period": period}
    came, due = con.execute(OWN, choice).fetchone() or (0, 0)
    return came, due


def overdue_areas(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, period: str
) -> tuple[str, ...]:
    """Return those of the silent areas whose reports were due on a day that was set."""
    choice = {"dataset": dataset, "area": area, "freq": freq_of(period), "period": period}
    rows = con.execute(OVERDUE, {**choice, "day": last_day(period)}).fetchall()
    return tuple(row[0] for row in rows)
