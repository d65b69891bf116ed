"""Counties: the ranking of an area's children in a period, with the change of rank on last year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.areas import children
from dashboard.queries.definitions import definition_changes, parting
from dashboard.queries.periods import year_before
from dashboard.queries.rows import rows
from dashboard.queries.values import TOTAL, Change, Measure, Value, change

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb


class Ranked(NamedTuple):
    """A child area in a ranking; ``place`` is null where it has no value, ties share a place.

    ``climbed`` compares places among the areas present in both years; 2 is two places better.
    """

    series_id: int
    ref_area: str
    breakdown: str
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
    low: float | None = None
    high: float | None = None


def ranking(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicator: str,
    parent: str,
    period: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
) -> tuple[Ranked, ...]:
    """Return the children of ``parent``, best first, those without a value at the end.

    Best is the lowest value where the catalogue says that down is good, else the highest. Places
    are not compared across a change of definition.
    """
    found = rankings(con, dataset, (indicator,), parent, period, measure, breakdown)
    return found.get(indicator, ())


def rankings(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: tuple[str, ...],
    parent: str,
    period: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
) -> dict[str, tuple[Ranked, ...]]:
    """Return the ranking of each of some indicators."""
    areas, before = children(con, parent), year_before(period)
    if not areas:
        return {}
    found: dict[tuple[str, str], dict[str, Value]] = {}
    for v in rows(con, dataset, indicators, areas, (before, period), measure, (breakdown,)):
        found.setdefault((v.indicator, v.time_period), {})[v.ref_area] = v
    changes, lower = definition_changes(con), _lower_is_better(con)
    return {
        code: _ranking(
            found.get((code, period), {}),
            {} if parting(changes.get(code, ()), before, period) else found.get((code, before), {}),
            1 if code in lower else -1,
        )
        for code in indicators
    }


def _ranking(
    now: Mapping[str, Value], before: Mapping[str, Value], sign: int
) -> tuple[Ranked, ...]:
    """Order areas; values are multiplied by ``sign`` so that the best comes first."""
    changes = {area: _change(value, before.get(area)) for area, value in now.items()}
    both = {area: both for area, both in changes.items() if both}
    places = _places({a: v.obs_value for a, v in now.items() if v.obs_value is not None}, sign)
    new = _places({area: both.now for area, both in both.items()}, sign)
    old = _places({area: both.before for area, both in both.items()}, sign)
    climbed = {area: old[area] - new[area] for area in both}
    ranked = [_ranked(v, places.get(a), climbed.get(a), changes[a]) for a, v in now.items()]
    return tuple(sorted(ranked, key=lambda r: (r.place or len(ranked) + 1, r.ref_area)))


def _lower_is_better(con: duckdb.DuckDBPyConnection) -> set[str]:
    sql = "select indicator from indicator where direction = 'down'"
    return {code for (code,) in con.execute(sql).fetchall()}


def _change(now: Value, before: Value | None) -> Change | None:
    """Compare with the year before where as many areas stand behind both."""
    return change(now, before) if before and before.n_reported == now.n_reported else None


def _places(values: Mapping[str, float], sign: int) -> dict[str, int]:
    """Return each area's place; what ties shares the better one: 1, 2, 2, 4."""
    ordered = sorted(sign * value for value in values.values())
    first = {value: place for place, value in reversed(list(enumerate(ordered, start=1)))}
    return {area: first[sign * value] for area, value in values.items()}


def _ranked(value: Value, place: int | None, climbed: int | None, both: Change | None) -> Ranked:
    return Ranked(
        value.series_id, value.ref_area, value.breakdown, place, climbed, value.obs_value,
        value.obs_status, value.qualifier, value.conflict, value.n_reported, value.n_expected,
        value.reason, both, value.low, value.high,
    )  # fmt: skip
