"""Counties: an area's parts beside each other in a period, on the map, and over the periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.boundaries import BoundaryError, ground, map_rules
from dashboard.decks.questions.overview import progress_of
from dashboard.queries import choices
from dashboard.queries import counties as queries
from dashboard.queries.trend import trend

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks.setting import Wanted
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Value


def ranking(wanted: Wanted) -> Chart | None:
    """Rank the parts of ``area`` by ``indicator`` in ``period``."""
    code, period, rows = wanted.indicator, wanted.period, ranked(wanted)
    if not rows:
        return None
    origin = wanted.origin((code,), (wanted.area,), period, period, rows[0].breakdown)
    return charts.ranking(rows, code, period, wanted.labels, origin, wanted.measure_of(code))


def ranked(wanted: Wanted) -> tuple[Ranked, ...]:
    """Return the ranking that is asked for; nothing where nothing is reported."""
    code = wanted.indicator
    if not code:
        return ()
    return wanted.ask(queries.ranking, wanted.dataset, code, wanted.area, wanted.period,
                      wanted.measure_of(code), wanted.breakdown(code))  # fmt: skip


def area_map(wanted: Wanted) -> Chart | None:
    """Draw the ranking on the map; None where the area has no outline. ``classes``: own, fixed."""
    code, period, rows = wanted.indicator, wanted.period, ranked(wanted)
    folders, shown = wanted.setting.folders, sorted(row.ref_area for row in rows)
    try:
        known = ground(folders, wanted.area, wanted.children, shown) if rows else None
        rules = map_rules(folders)
    except BoundaryError:
        return None
    if known is None:
        return None
    origin = wanted.origin((code,), (wanted.area,), period, period, rows[0].breakdown)
    fixed = wanted.one("classes", ("own", "fixed")) == "fixed"
    over = _values(wanted, code, *_all_periods(wanted)) if fixed else ()
    return charts.area_map(
        rows, code, period, wanted.labels, origin, known, rules, wanted.measure_of(code), over
    )


def ranking_table(wanted: Wanted) -> Chart | None:
    """Rank the parts of ``area`` in a table, with change of place and what is done of targets."""
    code, period, rows = wanted.indicator, wanted.period, ranked(wanted)
    if not rows:
        return None
    found = progress_of(wanted, (code,)).get(code, {})
    origin = wanted.origin((code,), (wanted.area,), period, period, rows[0].breakdown)
    return charts.ranking_table(
        rows, found, code, period, wanted.labels, origin, wanted.measure_of(code)
    )


def heat_map(wanted: Wanted) -> Chart | None:
    """Show ``indicator`` in the parts of ``area`` from ``first`` to ``last``."""
    code, (first, last) = wanted.indicator, wanted.span()
    values = _values(wanted, code, first, last) if code else ()
    if not values:
        return None
    origin = wanted.origin((code,), (wanted.area,), first, last, wanted.breakdown(code))
    return charts.heat_map(values, wanted.labels, origin, wanted.measure)


def _values(wanted: Wanted, code: str, first: str, last: str) -> tuple[Value, ...]:
    return wanted.ask(trend, wanted.dataset, (code,), wanted.children, first, last,
                      wanted.measure, wanted.breakdown(code))  # fmt: skip


def _all_periods(wanted: Wanted) -> tuple[str, str]:
    """Return the first and last period of all: classes cut by these stay the same."""
    periods = wanted.ask(choices.periods, wanted.dataset, wanted.freq)
    return periods[0], periods[-1]
