"""Counties: the ranking of an area's children in a period, with the change of rank on last year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import freq_of, year_before
from dashboard.queries.spans import rows_within, spans
from dashboard.queries.values import MEASURES, Change, Measure

if TYPE_CHECKING:
    import duckdb


class Ranked(NamedTuple):
    """A child area in a ranking; ``place`` is null where it has no value, ties share a place.

    ``climbed`` compares places among the areas present in both years; 2 is two places better.
    """

    series_id: int
    ref_area: str
    place: int | None
    climbed: int | None
    obs_value: float | None
    obs_status: str
    qualifier: str
    conflict: bool
    n_reported: int
    n_expected: int
    reason: str
    change: Change | None


SQL = """
with child as (
    select ref_area from ref_area where parent = $parent and in_total
),
picked as (
    select series_id, ref_area, time_period, n_expected, reason, {measure}
    from ({spans})
    where dataset = $dataset and breakdown = '_T' and freq = $freq
      and ref_area in (select ref_area from child)
      and time_period in ($period, $base)
),
placed as (
    select *, case when v is not null
                   then rank() over (partition by time_period, v is null order by v {order}) end
              as place
    from picked
),
common as (
    select n.ref_area, n.qualifier = 'exact' and b.qualifier = 'exact' as exact, b.v as before,
           rank() over (order by b.v {order}) - rank() over (order by n.v {order}) as climbed
    from picked n join picked b using (ref_area)
    where n.time_period = $period and b.time_period = $base
      and n.v is not null and b.v is not null and n.n_reported = b.n_reported
)
select n.series_id, n.ref_area, n.place, c.climbed, n.v, n.obs_status, n.qualifier, n.conflict,
       n.n_reported, n.n_expected, n.reason, c.before, c.exact
from placed n left join common c using (ref_area)
where n.time_period = $period
order by n.place nulls last, n.ref_area
"""


def ranking(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    parent: str,
    period: str,
    measure: Measure = "value",
) -> tuple[Ranked, ...]:
    """Return the children of ``parent``, best first, those without a value at the end.

    Best is the lowest value where the catalogue says that down is good, else the highest.
    """
    sql = "select direction from indicator where indicator = $indicator"
    row = con.execute(sql, {"indicator": indicator}).fetchone()
    order = "asc" if row and row[0] == "down" else "desc"
    freq = freq_of(period)
    found = spans(con, dataset, [indicator], freq, [parent])
    rows = con.execute(
        SQL.format(measure=MEASURES[measure], order=order, spans=rows_within(found)),
        {
            "dataset": dataset,
            "freq": freq,
            "parent": parent,
            "period": period,
            "base": year_before(period),
        },
    ).fetchall()
    return tuple(
        Ranked._make((*r[:11], None if r[11] is None else Change(r[4], r[11], 0, r[12])))
        for r in rows
    )


def children(con: duckdb.DuckDBPyConnection, parent: str) -> tuple[str, ...]:
    """Return the areas that make up ``parent``."""
    sql = "select ref_area from ref_area where parent = $parent and in_total order by ref_area"
    return tuple(row[0] for row in con.execute(sql, {"parent": parent}).fetchall())
