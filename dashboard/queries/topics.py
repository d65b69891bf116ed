"""Topics: the indicators that a page puts together, their values, and visits by festival."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.few import few
from dashboard.queries.periods import between, last_month, shifted
from dashboard.queries.rows import rows
from dashboard.queries.values import status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

    from dashboard.queries.ask import Ask
    from dashboard.queries.values import Measure, Value

AT_ONCE = 2  # indicators a question, however many values there are

PARTS = """
select p.role, p.indicator, p.breakdown, coalesce(t.n_keys, 0) > 0
from topic_part p
left join topic t on t.dataset = $dataset and t.freq = $freq
                 and t.indicator = p.indicator and t.breakdown = p.breakdown
order by p.role, p.position
"""

# Of one dimension only: 春节, not 春节 · 部队, which is a part of it.
FESTIVALS = """
select t.indicator, t.breakdown, min(left(t.first_period, 4)), max(left(t.last_period, 4))
from topic t
join topic_part p on p.indicator = t.indicator and p.role = 'festival_visits'
where t.dataset = $dataset and t.n_keys > 0
  and t.breakdown like 'festival:%' and t.breakdown not like '%;%'
group by all order by min(p.position), t.breakdown
"""


class Part(NamedTuple):
    """An indicator, or a breakdown of it; ``reported`` where anybody has values of it."""

    indicator: str
    breakdown: str
    reported: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """Return what its values are found by."""
        return self.indicator, self.breakdown


class Visits(NamedTuple):
    """What a festival of a year brought; it may stand in one quarter's report of that year."""

    festival: str  # festival:春节, or _T for the whole year
    year: str
    value: Value
    rests_on: tuple[int, ...]


def roles(con: duckdb.DuckDBPyConnection, dataset: str, freq: str) -> dict[str, tuple[Part, ...]]:
    """Return the parts of each role, in the order of the catalogue."""
    found: dict[str, list[Part]] = defaultdict(list)
    choice = {"dataset": dataset, "freq": freq}
    for role, *part in con.execute(PARTS, choice).fetchall():
        found[role].append(Part(*part))
    return {role: tuple(parts) for role, parts in found.items()}


def all_values(
    ask: Ask,
    dataset: str,
    parts: Sequence[Part],
    areas: tuple[str, ...],
    first: str,
    last: str,
    measure: Measure = "value",
) -> tuple[Value, ...]:
    """Return what ``values`` does, a few indicators a question."""
    found = [
        value
        for some in few(ask, [*dict.fromkeys(part.indicator for part in parts)], AT_ONCE)
        for value in ask(
            values, dataset, tuple(p for p in parts if p.indicator in some), areas, first, last,
            measure,
        )
    ]  # fmt: skip
    return tuple(sorted(found, key=_place))


def values(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    parts: Sequence[Part],
    areas: Sequence[str],
    first: str,
    last: str,
    measure: Measure = "value",
) -> tuple[Value, ...]:
    """Return the values of parts in areas, from period ``first`` to ``last``, oldest first.

    There are none where ``last`` is before ``first``: no year may be over yet.
    """
    if last < first:
        return ()
    wanted = {part.key for part in parts}
    found = rows(
        con,
        dataset,
        {part.indicator for part in parts},
        areas,
        between(first, last),
        measure,
        breakdowns={part.breakdown for part in parts},
    )
    shown = [v for v in found if (v.indicator, v.breakdown) in wanted]
    return tuple(sorted(shown, key=_place))


def _place(value: Value) -> tuple[str, str, str]:
    return value.time_period, value.ref_area, value.indicator


def festivals(con: duckdb.DuckDBPyConnection, dataset: str) -> dict[str, tuple[str, ...]]:
    """Return the festivals by which each indicator is reported, in the catalogue's order."""
    found: dict[str, list[str]] = defaultdict(list)
    for indicator, breakdown, *_ in con.execute(FESTIVALS, {"dataset": dataset}).fetchall():
        found[indicator].append(breakdown)
    return {indicator: tuple(parts) for indicator, parts in found.items()}


def visits(
    con: duckdb.DuckDBPyConnection, dataset: str, indicator: str, area: str, until: str = ""
) -> tuple[Visits, ...]:
    """Return an indicator of an area by festival and year, with the whole years under ``_T``.

    A festival that offices report in a quarter has no figure of the year; its quarters are it.
    ``until`` is the last period to speak of: a year that it does not end has its quarters only.
    """
    known = con.execute(FESTIVALS, {"dataset": dataset}).fetchall()
    mine = [row for row in known if row[0] == indicator]
    if not mine:
        return ()
    first, last = min(row[2] for row in mine), max(row[3] for row in mine)
    breakdowns = ("_T", *(row[1] for row in mine))
    parts = [Part(indicator, breakdown) for breakdown in breakdowns]
    year, quarter = min((last, f"{last}-Q4"), ended(until)) if until else (last, f"{last}-Q4")
    of_years = values(con, dataset, parts, (area,), first, year)
    of_quarters = values(con, dataset, parts[1:], (area,), f"{first}-Q1", quarter)
    found = {(v.breakdown, v.time_period): Visits(v.breakdown, v.time_period, v, (v.series_id,))
             for v in of_years}  # fmt: skip
    for (festival, year), group in _by_year(of_quarters).items():
        whole = found.get((festival, year))
        if whole is None or whole.value.obs_value is None:
            found[festival, year] = _added(festival, year, group)
    order = {breakdown: n for n, breakdown in enumerate(breakdowns)}
    return tuple(sorted(found.values(), key=lambda v: (v.year, order[v.festival])))


def ended(until: str) -> tuple[str, str]:
    """Return the last year and the last quarter that are over when a period ends."""
    year, month = last_month(until).split("-")
    whole = year if month == "12" else str(int(year) - 1)
    return whole, shifted(f"{year}-Q1", int(month) // 3 - 1)


def _by_year(values: Iterable[Value]) -> dict[tuple[str, str], list[Value]]:
    """Return the quarters that have a value, by festival and year."""
    found: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for value in values:
        if value.obs_value is not None:
            found[value.breakdown, value.time_period[:4]].append(value)
    return found


def _added(festival: str, year: str, group: Sequence[Value]) -> Visits:
    """Add up a festival's quarters, mostly one; the least sure of them marks the sum."""
    sure = min(group, key=lambda v: v.qualifier == "exact")
    whole = sure._replace(
        time_period=year,
        obs_status=status_of(group),
        obs_value=sum(v.obs_value or 0.0 for v in group),
        conflict=any(v.conflict for v in group),
        n_reported=min(v.n_reported for v in group),
        n_expected=max(v.n_expected for v in group),
    )
    return Visits(festival, year, whole, tuple(v.series_id for v in group))
