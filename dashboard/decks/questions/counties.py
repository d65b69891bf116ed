"""Counties: an area's parts beside each other in a period, and over the periods before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.decks.questions.overview import progress_of
from dashboard.queries import counties as queries
from dashboard.queries.trend import trend

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks.setting import Wanted


def ranking(wanted: Wanted) -> Chart | None:
    """Rank the parts of ``area`` by ``indicator`` in ``period``."""
    code, period = wanted.indicator, wanted.period
    if not code:
        return None
    breakdown = wanted.breakdown(code)
    rows = wanted.ask(queries.ranking, wanted.dataset, code, wanted.area, period, wanted.measure,
                      breakdown)  # fmt: skip
    if not rows:
        return None
    origin = wanted.setting.origin(wanted.files((code,), (wanted.area,), period, period, breakdown))
    return charts.ranking(rows, code, period, wanted.labels, origin, wanted.measure)


def ranking_table(wanted: Wanted) -> Chart | None:
    """Rank the parts of ``area`` in a table, with change of place and what is done of targets."""
    code, period = wanted.indicator, wanted.period
    if not code:
        return None
    rows = wanted.ask(queries.ranking, wanted.dataset, code, wanted.area, period, wanted.measure)
    if not rows:
        return None
    found = {p.ref_area: p for p in progress_of(wanted, (code,), wanted.children)}
    origin = wanted.setting.origin(wanted.files((code,), (wanted.area,), period, period))
    return charts.ranking_table(rows, found, code, period, wanted.labels, origin, wanted.measure)


def heat_map(wanted: Wanted) -> Chart | None:
    """Show ``indicator`` in the parts of ``area`` over the periods up to ``last``."""
    code, (first, last) = wanted.indicator, wanted.span()
    if not code:
        return None
    breakdown = wanted.breakdown(code)
    values = wanted.ask(trend, wanted.dataset, (code,), wanted.children, first, last,
                        wanted.measure, breakdown)  # fmt: skip
    if not values:
        return None
    origin = wanted.setting.origin(wanted.files((code,), (wanted.area,), first, last, breakdown))
    return charts.heat_map(values, wanted.labels, origin, wanted.measure)
