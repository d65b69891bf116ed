"""Overview: an area's main figures in a period, a tile each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.queries import overview
from dashboard.queries.progress import policy, progress, targeted
from dashboard.queries.trend import trend

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks.setting import Wanted
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Value


def tiles(wanted: Wanted) -> Chart | None:
    """Show ``tiles`` (indicators; by default a leader's first) of ``area`` in ``period``."""
    codes = main_indicators(wanted)
    values = values_of(wanted, codes)
    if not any(value.obs_value is not None for value in values):
        return None
    period = wanted.period
    found = progress_of(wanted, codes, (wanted.area,))
    origin = wanted.setting.origin(wanted.files(codes, (wanted.area,), period, period))
    return charts.tiles(
        values, {p.indicator: p for p in found}, wanted.area, period, wanted.ask(policy),
        wanted.labels, origin, wanted.measure,
    )  # fmt: skip


def main_indicators(wanted: Wanted) -> tuple[str, ...]:
    """Return the indicators asked for under ``tiles``, else those that a leader sees first."""
    codes = wanted.known(wanted.many("tiles"))
    return codes or wanted.ask(
        overview.first_indicators, wanted.dataset, wanted.area, wanted.period
    )


def values_of(wanted: Wanted, codes: tuple[str, ...]) -> tuple[Value, ...]:
    """Return an area's values of some indicators in the period, in the order asked for."""
    period = wanted.period
    return wanted.ask(trend, wanted.dataset, codes, (wanted.area,), period, period, wanted.measure)


def progress_of(
    wanted: Wanted, codes: tuple[str, ...], areas: tuple[str, ...]
) -> tuple[Progress, ...]:
    """Return the progress of some areas, of the indicators for which there are targets."""
    having = wanted.ask(targeted, wanted.dataset, wanted.period[:4])
    return tuple(
        found
        for code in codes
        if code in having
        for found in wanted.ask(progress, wanted.dataset, code, areas, wanted.period)
    )
