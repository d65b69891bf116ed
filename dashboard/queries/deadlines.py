"""Deadlines: what is due for a period, from whom, and until which day (reporting.yml)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import freq_of, last_day

if TYPE_CHECKING:
    import duckdb


class Due(NamedTuple):
    """Some indicators that some areas owe until a day."""

    day: dt.date
    ref_areas: tuple[str, ...]
    indicators: tuple[str, ...]


SQL = """
select due_days, list_intersect(ref_areas, $areas), indicators from deadline
where dataset = $dataset and freq = $freq and list_has_any(ref_areas, $areas)
  and $day between valid_from and coalesce(valid_to, $day)
order by due_days, indicators
"""


def due(
    con: duckdb.DuckDBPyConnection, dataset: str, areas: tuple[str, ...], period: str
) -> tuple[Due, ...]:
    """Return what is due of some areas for a period, the first day first."""
    end = last_day(period)
    choice = {"dataset": dataset, "freq": freq_of(period), "areas": list(areas), "day": end}
    return tuple(
        Due(end + dt.timedelta(days), tuple(sorted(of)), tuple(indicators))
        for days, of, indicators in con.execute(SQL, choice).fetchall()
    )
