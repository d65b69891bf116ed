"""Per head: an indicator divided by a count of the same area and period, as the catalogue declares.

So counties of any size compare: 场 per 10,000 registered veterans, 元 per person helped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.comparison import Against, base_of
from dashboard.queries.definitions import definition_changes, parting
from dashboard.queries.periods import between
from dashboard.queries.rows import rows
from dashboard.queries.values import OWN, TOTAL, Change, Measure, Value, change, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


class Denominator(NamedTuple):
    """By what an indicator may be divided; the unit of the quotient in both languages.

    ``per`` 1 is per head, 10,000 per ten thousand of ``indicator``.
    """

    indicator: str
    per: int
    unit: str
    unit_en: str
    of_unit: str
    of_unit_en: str


# What money is shown in (万元) is not what a head gets of it: the base unit's own name, 元.
DENOMINATORS = """
with base as (
    select unit_measure, arg_min(unit, length(unit)) as unit, any_value(name_en) as name_en
    from unit where factor = 1 group by unit_measure
)
select p.indicator, p.denominator, p.per,
       coalesce(b.unit, i.display_unit), coalesce(b.name_en, u.name_en, i.display_unit),
       o.display_unit, coalesce(v.name_en, o.display_unit)
from per_head p join indicator i using (indicator)
join indicator o on o.indicator = p.denominator
left join unit u on u.unit = i.display_unit
left join base b on u.factor <> 1 and b.unit_measure = i.unit_measure
left join unit v on v.unit = o.display_unit
where p.denominator in (select indicator from available_indicator where dataset = $dataset)
order by i.position, o.position
"""


def denominators(
    con: duckdb.DuckDBPyConnection, dataset: str
) -> dict[str, tuple[Denominator, ...]]:
    """Return by what each indicator may be divided; only by what the dataset has values of."""
    found: dict[str, tuple[Denominator, ...]] = {}
    for code, *row in con.execute(DENOMINATORS, {"dataset": dataset}).fetchall():
        found[code] = (*found.get(code, ()), Denominator(*row))
    return found


def per_head(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    by: Denominator,
    areas: Sequence[str],
    first: str,
    last: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
    against: Against = "year",
) -> tuple[Value, ...]:
    """Return an indicator's quotients, oldest first, each with its change on an earlier period.

    A stock divides by its last count in the period, a flow by the same months. There is a gap where
    either is missing, or covers only some of an area's counties: six counties' money over seven
    counties' veterans is nobody's share.
    """
    bases = {period: base_of(period, against) for period in between(first, last)}
    periods = {*bases, *bases.values()}
    above = rows(con, dataset, (indicator,), areas, periods, measure, (breakdown,))
    counted = "value" if _is_stock(con, by.indicator) else measure
    below = {
        (v.ref_area, v.time_period): v
        for v in rows(con, dataset, (by.indicator,), areas, periods, counted)
    }
    found = {
        (v.ref_area, v.time_period): quotient(v, below.get((v.ref_area, v.time_period)), by.per)
        for v in above
    }
    changes = definition_changes(con)
    parts = (*changes.get(indicator, ()), *changes.get(by.indicator, ()))
    return tuple(
        value
        if parting(parts, bases[period], period)
        else value._replace(change=_change(value, found.get((area, bases[period]))))
        for (area, period), value in sorted(found.items())
        if period in bases
    )


def quotient(above: Value, below: Value | None, per: int) -> Value:
    """Divide one value by another; a gap says why there is no quotient."""
    reason = _why_not(above, below)
    if below is None or not below.obs_value or above.obs_value is None or reason:
        return above._replace(
            obs_value=None, low=None, high=None, reason=reason, qualifier="exact", method=""
        )
    exact = below.qualifier == "exact"
    return above._replace(
        obs_value=above.obs_value / below.obs_value * per,
        low=None,
        high=None,
        obs_status=status_of((above, below)),
        qualifier=above.qualifier if exact else "about",
        conflict=above.conflict or below.conflict,
        divisor=below.series_id,
    )


def _why_not(above: Value, below: Value | None) -> str:
    if above.obs_value is None:
        return above.reason
    if below is None or not below.obs_value:
        return "no_denominator"
    return "" if _whole(above) and _whole(below) and _same(above, below) else "incomplete"


def _whole(value: Value) -> bool:
    """Whether all of the area stands behind a value."""
    return value.method in OWN or value.n_reported == value.n_expected


def _same(one: Value, other: Value) -> bool:
    """Whether two whole values cover the same counties: some are exempt from an indicator."""
    return (one.method in OWN and other.method in OWN) or one.n_expected == other.n_expected


def _change(now: Value, before: Value | None) -> Change | None:
    return change(now, before) if before and _same(now, before) else None


def _is_stock(con: duckdb.DuckDBPyConnection, indicator: str) -> bool:
    sql = "select kind = 'stock' from indicator where indicator = $indicator"
    row = con.execute(sql, {"indicator": indicator}).fetchone()
    return bool(row and row[0])
