"""Rows of series: some indicators in some areas and their children, with the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.queries.periods import freq_of, year_before
from dashboard.queries.values import MEASURES, TOTAL, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

# Between which numbers each indicator's rows stand. series_id follows dataset and indicator, then
# area, so that nothing of another dataset or indicator stands between them.
SPANS = """
select min(first_id), max(last_id) from available
where dataset = ? and freq = ? and breakdown = ?
  and indicator in ({indicators}) and ref_area in ({areas})
group by indicator
"""

# One scan a span, which an or over the spans would not be. The limit is above any number of rows:
# it keeps the other conditions out of the scan, which would test all its words against them.
SPAN = """
select series_id, indicator, ref_area, breakdown, freq, time_period, {measure}, n_expected, reason
from series where series_id between {first} and {last}
"""
ROWS = """
select * exclude (freq) from ({spans} limit 1_000_000_000)
where freq = $freq and breakdown = $breakdown and ref_area in ({areas})
  and (time_period between $first and $last or time_period between $base and $until)
"""


def rows(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Sequence[str],
    areas: Collection[str],
    first: str,
    last: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
) -> list[Value]:
    """Return the values from ``first`` to ``last`` and those a year before, in no order."""
    freq = freq_of(first)
    spans = con.execute(
        SPANS.format(indicators=_blanks(indicators), areas=_blanks(areas)),
        [dataset, freq, breakdown, *indicators, *areas],
    ).fetchall()
    if not spans:
        return []
    named = {f"area_{n}": area for n, area in enumerate(areas)}
    scans = " union all ".join(
        SPAN.format(measure=MEASURES[measure], first=int(first_id), last=int(last_id))
        for first_id, last_id in spans
    )
    choice = {"freq": freq, "breakdown": breakdown, "first": first, "last": last}
    years_before = {"base": year_before(first), "until": year_before(last)}
    areas_listed = ", ".join(f"${name}" for name in named)
    found = con.execute(
        ROWS.format(spans=scans, areas=areas_listed), {**choice, **years_before, **named}
    ).fetchall()
    return [Value(*row) for row in found]


def _blanks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
