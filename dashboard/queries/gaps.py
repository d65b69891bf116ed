"""Gaps: what was reported, late or missing, by area, indicator and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import between, freq_of, month_number
from dashboard.queries.rows import numbers, topics

if TYPE_CHECKING:
    import duckdb

STATES = ("reported", "late", "overdue", "missing", "withheld", "not_due", "not_applicable")


class Expected(NamedTuple):
    """What an area was to report for a period, and whether it came; days as 2024-07-10.

    ``overdue``: it is missing, and the day that was set for it has passed. ``withheld``: it came,
    but gives no value for the period (an inexact figure, a contradiction).
    """

    ref_area: str
    indicator: str
    time_period: str
    state: str
    due: str
    delivered: str


# Of an indicator without a total its first breakdown speaks. A report came for a period when its
# own period ends within it; the first counts, a correction is not late. Only a day printed in the
# sheet makes a report late: a file's own day changes whenever somebody saves it.
# Areas are compared as the vintage holds their words, so that most row groups are skipped.
SQL = """
with wanted as (
    select ref_area_word from ref_area where ref_area in (select unnest($areas))
),
picked as (
    select ref_area::text as ref_area, time_period::text as time_period, period_start, period_end,
           obs_value, reason::text as reason
    from series
    where series_id between $first_id and $last_id
      and series_id in (select unnest($series_ids))
    qualify row_number() over (partition by series.ref_area::text, series.time_period::text
                               order by breakdown <> '_T', obs_value is null, breakdown::text) = 1
),
came as (
    select ref_area::text as ref_area, period_end, min(reported_on) as delivered,
           bool_and(reported_on_basis = 'printed') as printed
    from observation
    where dataset = $dataset and period_end >= $start
      and indicator in (select indicator_word from indicator where indicator = $indicator)
      and ref_area in (select ref_area_word from wanted)
    group by all
),
term as (
    select ref_area, due_days, valid_from, valid_to
    from (select unnest(ref_areas) as ref_area, due_days, valid_from, valid_to
          from deadline where dataset = $dataset and list_contains(indicators, $indicator))
    where ref_area in (select unnest($areas))
),
judged as (
    select p.*, max_by(c.delivered, c.period_end) as delivered,
           max_by(c.printed, c.period_end) as printed,
           min(p.period_end + t.due_days) as due
    from picked p
    left join came c
      on c.ref_area = p.ref_area and c.period_end between p.period_start and p.period_end
    left join term t
      on t.ref_area = p.ref_area
     and p.period_end between t.valid_from and coalesce(t.valid_to, p.period_end)
    group by all
)
select ref_area, $indicator, time_period,
       case when reason = 'not_applicable' then 'not_applicable'
            when reason = 'not_due' then 'not_due'
            when reason = 'not_reported' or obs_value is null and delivered is null
            then if(due is null, 'missing', 'overdue')
            when delivered > due and printed then 'late'
            when obs_value is null then 'withheld'
            else 'reported' end,
       coalesce(strftime(due, '%Y-%m-%d'), ''),
       if(reason = 'not_reported', '', coalesce(strftime(delivered, '%Y-%m-%d'), ''))
from judged
order by ref_area, time_period
"""

BREAKDOWNS = (
    "select distinct breakdown from topic where dataset = $dataset and indicator = $indicator"
)

# What anything is known of, total or part, in the order of the catalogue.
INDICATORS = """
select indicator from indicator
where indicator in (select indicator from topic where dataset = $dataset and freq = $freq)
order by position
"""

PERIODS = """
select distinct time_period::text as time_period from filled
where dataset = $dataset and freq = $freq and ref_area in (select unnest($areas))
order by time_period
"""


def indicators(con: duckdb.DuckDBPyConnection, dataset: str, freq: str) -> tuple[str, ...]:
    """Return the indicators of which anything is reported or expected."""
    found = con.execute(INDICATORS, {"dataset": dataset, "freq": freq}).fetchall()
    return tuple(row[0] for row in found)


def expected(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    areas: tuple[str, ...],
    first: str,
    last: str,
) -> tuple[Expected, ...]:
    """Return what some areas were to report of an indicator from one period to another."""
    codes = con.execute(BREAKDOWNS, {"dataset": dataset, "indicator": indicator}).fetchall()
    found = topics(con, dataset, (indicator,), freq_of(first), [code for (code,) in codes])
    months = [month_number(period) for period in between(first, last)]
    spans, series_ids = numbers(con, dataset, found, areas, months)
    if not spans:
        return ()
    choice = {
        "dataset": dataset,
        "indicator": indicator,
        "areas": list(areas),
        "series_ids": series_ids,
        "first_id": spans[0][0],
        "last_id": spans[-1][1],
        "start": f"{first[:4]}-01-01",
    }
    answer = con.execute(SQL, choice).fetchall()
    return tuple(Expected(*row) for row in answer)


def periods(
    con: duckdb.DuckDBPyConnection, dataset: str, freq: str, areas: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the periods for which anything was reported or expected, oldest first."""
    choice = {"dataset": dataset, "freq": freq, "areas": list(areas)}
    return tuple(row[0] for row in con.execute(PERIODS, choice).fetchall())
