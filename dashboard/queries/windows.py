"""Windows of whole months: 2019-04..2023-03, for which a value is put together from the series.

A flow is added up from years, halves, quarters and months that tile the window, or is a difference
of years to date; a stock is the last count inside; a rate is rebuilt from its two parts. What
cannot be had so is a gap with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.queries.comparison import whole
from dashboard.queries.definitions import definition_changes
from dashboard.queries.months import Window, month_text, window_of
from dashboard.queries.paths import Known, Step, way
from dashboard.queries.periods import PER_YEAR
from dashboard.queries.rows import WITH_TO_DATE, scan
from dashboard.queries.values import OWN, TOTAL, Value, bounds, status_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import duckdb

    from dashboard.queries.definitions import DefinitionChange
    from dashboard.queries.paths import Signed

TOPICS = """
select topic, freq from topic
where dataset = $dataset and indicator = $indicator and list_contains($breakdowns, breakdown)
"""
KIND = """
select kind, unit_measure, area_aggregation, coalesce(numerator, ''), coalesce(denominator, ''),
       if(unit_measure = 'percent', 100, 1)::double
from indicator where indicator = $indicator
"""


class Kind(NamedTuple):
    """How an indicator's values add up; ``factor`` is 100 for a rate in per cent."""

    kind: str  # flow, stock, rate, plan
    unit_measure: str
    area_aggregation: str  # sum, none, ratio
    numerator: str
    denominator: str
    factor: float


class Windowed(NamedTuple):
    """A value over a window, and the values of the series that it was put together from."""

    window: Window
    value: Value
    steps: tuple[Signed, ...] = ()


Found = dict[tuple[str, str, Window], Windowed]  # by area, breakdown and window


def kind_of(con: duckdb.DuckDBPyConnection, indicator: str) -> Kind:
    """Return how the values of an indicator add up."""
    return Kind(*con.execute(KIND, {"indicator": indicator}).fetchall()[0])


def values(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    areas: Collection[str],
    windows: Sequence[Window],
    breakdowns: Collection[str] = (TOTAL,),
) -> Found:
    """Return an indicator over some windows, in areas for which anything was expected in them.

    A rate that no period states is a gap here, until it is rebuilt from its counts.
    """
    kind = kind_of(con, indicator).kind
    known = _steps(con, dataset, indicator, areas, windows, breakdowns)
    found = [
        valued for rows in known.values() for w in windows if (valued := _valued(w, rows, kind))
    ]
    if kind != "stock" and any(len(w.steps) > 1 for w in found):
        changes = definition_changes(con).get(indicator, ())
        found = [_uncut(w, changes) for w in found]
    return {(w.value.ref_area, w.value.breakdown, w.window): w for w in found}


def rebuilt(rates: Found, above: Found, below: Found, factor: float) -> Found:
    """Rebuild the rates that no period states from their numerators and denominators."""
    return {
        key: _ratio(rate, above.get(key), below.get(key), factor) for key, rate in rates.items()
    }


def _steps(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    areas: Collection[str],
    windows: Sequence[Window],
    breakdowns: Collection[str],
) -> dict[tuple[str, str], Known]:
    """Return all that is known in the windows' years, by area and breakdown."""
    choice = {"dataset": dataset, "indicator": indicator, "breakdowns": list(breakdowns)}
    topics = dict(con.execute(TOPICS, choice).fetchall())
    years = {year for w in windows for year in range(w.first // 12, w.last // 12 + 1)}
    apart = 12 // max((PER_YEAR[freq] for freq in topics.values()), default=1)
    months = [12 * year + start for year in years for start in range(0, 12, apart)]
    known: dict[tuple[str, str], Known] = defaultdict(Known)
    rows = scan(con, WITH_TO_DATE, dataset, topics, areas, months)
    for row in rows:
        own = window_of(row[4])
        known[row[2], row[3]].add(own.first, own.last + 1, partial(_own, row))
    for row in rows:
        own = window_of(row[4])
        if row[15] is not None:
            start = own.first - own.first % 12
            known[row[2], row[3]].add(start, own.last + 1, partial(_to_date, row))
    return known


def _own(row: tuple[Any, ...]) -> Step:
    """Return the period's own value."""
    first, last = window_of(row[4])
    return Step(first, last + 1, "value", Value(*row[:15]))


def _to_date(row: tuple[Any, ...]) -> Step:
    """Return the value of the year up to the period's end."""
    value, (ytd, qualifier, method, n_reported) = Value(*row[:15]), row[15:]
    status = "A" if value.obs_value is None else value.obs_status
    first, last = window_of(value.time_period, "ytd")
    to_date = Value(
        *value[:5], ytd, None, None, status, qualifier, value.conflict, method, n_reported,
        value.n_expected, "",
    )  # fmt: skip
    return Step(first, last + 1, "ytd", to_date)


def _uncut(found: Windowed, changes: Sequence[DefinitionChange]) -> Windowed:
    """Take back what was added up across a change of definition."""
    first, last = (month_text(month) for month in found.window)
    if len(found.steps) == 1 or not any(first < c.starts_on[:7] <= last for c in changes):
        return found
    return Windowed(found.window, _gap(found.window, [step for _, step in found.steps]))


def _valued(window: Window, known: Known, kind: str) -> Windowed | None:
    """Give a window its value: a period's own as it stands in the series, else put together.

    None where nothing was expected in any of its months.
    """
    start, end = window.first, window.last + 1
    own = known.over(start, end)
    if own:
        return Windowed(window, own.value._replace(time_period=str(window)), ((1, own),))
    steps: tuple[Signed, ...] = ()
    if kind in ("flow", "plan"):
        steps = way(known, start, end)
    near = [] if steps else [s for s in known.steps() if s.start < end and s.end > start]
    inside = [s for s in near if start <= s.start and s.end <= end]
    if kind == "stock":
        steps = _last_count(inside)
    if steps:
        return Windowed(window, _added(window, steps), steps)
    return Windowed(window, _gap(window, inside or near)) if near else None


def _last_count(inside: Iterable[Step]) -> tuple[Signed, ...]:
    """Return the last count, of the shortest period that ends with it."""
    counted = [s for s in inside if s.value.obs_value is not None and s.measure == "value"]
    last = max(counted, key=lambda s: (s.end, s.start), default=None)
    return ((1, last),) if last else ()


def _added(window: Window, steps: Sequence[Signed]) -> Value:
    """Add the steps up: the weakest qualifier holds for all, and the bounds are added too."""
    values = [step.value for _, step in steps]
    inexact = next((v.qualifier for v in values if v.qualifier != "exact"), "exact")
    fewest = min(values, key=lambda v: v.n_reported)
    return values[0]._replace(
        series_id=values[0].series_id if len(values) == 1 else 0,
        time_period=str(window),
        obs_value=_sum([(sign, step.value.obs_value) for sign, step in steps]),
        low=_sum([(sign, bounds(step.value)[0]) for sign, step in steps]),
        high=_sum([(sign, bounds(step.value)[1]) for sign, step in steps]),
        obs_status=status_of(values),
        qualifier=inexact,
        conflict=any(v.conflict for v in values),
        method="derived" if all(v.method in OWN for v in values) else "summed",
        n_reported=fewest.n_reported,
        n_expected=fewest.n_expected,
        reason="",
    )


def _sum(terms: Sequence[tuple[int, float | None]]) -> float | None:
    known = [sign * value for sign, value in terms if value is not None]
    return sum(known) if len(known) == len(terms) else None


def _gap(window: Window, near: Sequence[Step]) -> Value:
    """Say why there is no value: what is missing inside, a contradiction, or no way to it."""
    values = [s.value for s in near]
    missing = next((v for v in values if v.obs_value is None), None)
    reason = "conflict" if any(v.conflict for v in values) else "not_derivable"
    return values[0]._replace(
        series_id=0,
        time_period=str(window),
        obs_value=None,
        low=None,
        high=None,
        obs_status=missing.obs_status if missing else "O",
        qualifier="exact",
        conflict=False,
        method="",
        reason=missing.reason if missing else reason,
    )


def _ratio(
    rate: Windowed, above: Windowed | None, below: Windowed | None, factor: float
) -> Windowed:
    """Rebuild a rate that no period states, where both parts are whole and exact."""
    if rate.value.obs_value is not None or above is None or below is None:
        return rate
    parts = above.value, below.value
    exact = all(v.obs_value is not None and v.qualifier == "exact" for v in parts)
    if not exact or not whole(*parts) or not below.value.obs_value:
        return rate
    value = above.value._replace(
        series_id=0,
        indicator=rate.value.indicator,
        obs_value=factor * (above.value.obs_value or 0.0) / below.value.obs_value,
        conflict=any(v.conflict for v in parts),
        low=None,
        high=None,
        method="ratio",
    )
    return Windowed(rate.window, value, (*above.steps, *below.steps))
