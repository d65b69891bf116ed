"""Trend: values of indicators in areas over time, each with its change on the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.queries.periods import freq_of, year_before
from dashboard.queries.spans import rows_within, spans
from dashboard.queries.values import MEASURES, OWN, Change, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

# `common` adds up the children that reported both years: a sum over seven counties is not
# comparable with one over six. Children that are sums themselves count when as many reported.
SQL = """
with found as materialized (
    select s.series_id, s.indicator, s.ref_area, s.time_period, s.n_expected, s.reason, {measure},
           case when a.in_total then a.parent end as parent
    from ({spans}) s left join ref_area a on a.ref_area = s.ref_area
    where dataset = $dataset and breakdown = '_T' and freq = $freq
      and time_period between $base and $last
),
picked as (
    select * from found where ref_area in (select unnest($areas))
),
child as (
    select * from found where parent in (select unnest($areas))
),
common as (
    select n.indicator, n.parent, n.time_period, count(*) as n_areas,
           sum(n.v) as now, sum(b.v) as before, sum(n.n_reported) as n_reported,
           bool_and(n.qualifier = 'exact' and b.qualifier = 'exact') as exact
    from child n
    join child b on b.indicator = n.indicator and b.ref_area = n.ref_area
                and b.time_period = {year_before}
    where n.v is not null and b.v is not null and n.n_reported = b.n_reported
    group by all
)
select n.series_id, n.indicator, n.ref_area, n.time_period, n.v, n.low, n.high, n.obs_status,
       n.qualifier, n.conflict, n.method, n.n_reported, n.n_expected, n.reason,
       b.v, b.qualifier, b.method, b.n_reported, b.n_expected,
       c.n_areas, c.now, c.before, c.n_reported, c.exact, i.area_aggregation
from picked n
join indicator i on i.indicator = n.indicator
left join picked b on b.indicator = n.indicator and b.ref_area = n.ref_area
                  and b.time_period = {year_before}
left join common c on c.indicator = n.indicator and c.parent = n.ref_area
                  and c.time_period = n.time_period
where n.time_period >= $first
order by i.position, n.ref_area, n.time_period
"""

YEAR_BEFORE = "(left(n.time_period, 4)::int - 1) || substr(n.time_period, 5)"


def trend(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Sequence[str],
    areas: Sequence[str],
    first: str,
    last: str,
    measure: Measure = "value",
) -> tuple[Value, ...]:
    """Return indicators from period ``first`` to ``last`` (of one frequency), oldest first.

    Periods without a value stay as rows whose status says why. A change compares only areas
    that reported in both years.
    """
    found = spans(con, dataset, indicators, freq_of(first), areas)
    rows = con.execute(
        SQL.format(measure=MEASURES[measure], year_before=YEAR_BEFORE, spans=rows_within(found)),
        {
            "dataset": dataset,
            "freq": freq_of(first),
            "areas": list(areas),
            "base": year_before(first),
            "first": first,
            "last": last,
        },
    ).fetchall()
    return tuple(Value._make((*row[:14], _change(row))) for row in rows)


def _change(row: tuple[Any, ...]) -> Change | None:
    """Compare with the year before: whole figures as they are, sums over the areas in both."""
    now, qualifier, method, n_reported, n_expected = row[4], row[8], row[10], row[11], row[12]
    before, base_qualifier, base_method, base_reported, base_expected = row[14:19]
    n_areas, common_now, common_before, common_reported, common_exact, aggregation = row[19:25]
    if now is None or before is None:
        return None
    exact = qualifier == "exact" and base_qualifier == "exact"
    own = method in OWN and base_method in OWN
    if own or (n_reported == n_expected and base_reported == base_expected):
        return Change(now, before, n_areas or 0, exact)
    if n_areas and common_reported == n_reported == base_reported:
        return Change(now, before, n_areas, exact)
    if n_areas and aggregation == "sum":
        return Change(common_now, common_before, n_areas, common_exact)
    return None
