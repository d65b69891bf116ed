"""Trend: values of indicators in areas over time, each with its change on an earlier period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.queries.areas import children_of
from dashboard.queries.comparison import Against, base_of, compared
from dashboard.queries.definitions import definition_changes, parting
from dashboard.queries.periods import between
from dashboard.queries.rows import rows
from dashboard.queries.values import TOTAL, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb


def trend(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Sequence[str],
    areas: Sequence[str],
    first: str,
    last: str,
    measure: Measure = "value",
    breakdown: str = TOTAL,
    against: Against = "year",
) -> tuple[Value, ...]:
    """Return indicators from period ``first`` to ``last`` (of one frequency), oldest first.

    Periods without a value stay as rows whose status says why. A change on the year before, or on
    the period before, compares only areas that reported in both, and none is taken across a change
    of definition.
    """
    children = children_of(con, areas)
    members = dict.fromkeys((*areas, *(c for below in children.values() for c in below)))
    bases = {period: base_of(period, against) for period in between(first, last)}
    found = {
        (v.indicator, v.ref_area, v.time_period): v
        for v in rows(
            con, dataset, indicators, members, {*bases, *bases.values()}, measure, (breakdown,)
        )
    }
    changes = definition_changes(con)
    place = {indicator: n for n, indicator in enumerate(indicators)}
    shown = [v for v in found.values() if v.ref_area in set(areas) and v.time_period >= first]
    shown.sort(key=lambda v: (place[v.indicator], v.ref_area, v.time_period))
    return tuple(
        v
        if parting(changes.get(v.indicator, ()), bases[v.time_period], v.time_period)
        else v._replace(
            change=compared(v, bases[v.time_period], found, children.get(v.ref_area, ()))
        )
        for v in shown
    )
