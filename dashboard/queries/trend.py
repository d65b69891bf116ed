"""Trend: values of indicators in areas over time, each with its change on the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.queries.areas import children_of
from dashboard.queries.definitions import definition_changes, parting
from dashboard.queries.periods import between, year_before
from dashboard.queries.rows import rows
from dashboard.queries.values import OWN, TOTAL, Change, Measure, Value, change, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

Key = tuple[str, str, str]  # indicator, ref_area, time_period


def trend(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Sequence[str],
    areas: Sequence[str],
    first: str,
    last: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
) -> tuple[Value, ...]:
    """Return indicators from period ``first`` to ``last`` (of one frequency), oldest first.

    Periods without a value stay as rows whose status says why. A change compares only areas
    that reported in both years, and none is taken across a change of definition.
    """
    children = children_of(con, areas)
    members = dict.fromkeys((*areas, *(c for below in children.values() for c in below)))
    periods = between(first, last)
    both = {*periods, *map(year_before, periods)}
    found = {
        (v.indicator, v.ref_area, v.time_period): v
        for v in rows(con, dataset, indicators, members, both, measure, (breakdown,))
    }
    changes = definition_changes(con)
    place = {indicator: n for n, indicator in enumerate(indicators)}
    shown = [v for v in found.values() if v.ref_area in set(areas) and v.time_period >= first]
    shown.sort(key=lambda v: (place[v.indicator], v.ref_area, v.time_period))
    return tuple(
        v
        if parting(changes.get(v.indicator, ()), year_before(v.time_period), v.time_period)
        else v._replace(change=_change(v, found, children.get(v.ref_area, ())))
        for v in shown
    )


def _change(now: Value, found: Mapping[Key, Value], children: Sequence[str]) -> Change | None:
    """Compare with the year before: whole figures as they are, sums over the areas in both.

    A sum over seven counties is not comparable with one over six. Children that are sums
    themselves count when as many reported.
    """
    before = found.get((now.indicator, now.ref_area, year_before(now.time_period)))
    whole = change(now, before)
    if before is None or whole is None:
        return None
    if now.method in OWN and before.method in OWN:
        return whole
    if now.n_reported == now.n_expected == before.n_expected == before.n_reported and not any(
        _exempt(found.get((now.indicator, area, period)))
        for area in children
        for period in (now.time_period, before.time_period)
    ):
        return whole
    common = _in_both(now, found, children)
    if common and sum(n for n, _ in common) == now.n_reported == before.n_reported:
        return whole._replace(n_areas=len(common))
    if common and "summed" in (now.method, before.method):
        return total([both for _, both in common])
    return None


def _exempt(value: Value | None) -> bool:
    """Whether an area said that the indicator does not apply to it: it is not expected then."""
    return value is not None and value.reason == "not_applicable"


def _in_both(
    now: Value, found: Mapping[Key, Value], children: Sequence[str]
) -> list[tuple[int, Change]]:
    """Return the children's changes where as many areas stand behind both years, and how many."""
    common = []
    for area in children:
        child = found.get((now.indicator, area, now.time_period))
        before = found.get((now.indicator, area, year_before(now.time_period)))
        both = change(child, before)
        if both and child and before and child.n_reported == before.n_reported:
            common.append((child.n_reported, both))
    return common
