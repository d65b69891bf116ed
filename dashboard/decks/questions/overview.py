"""Overview: an area's main figures as tiles, its progress towards targets, one county's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.queries import choices, county, overview
from dashboard.queries.counties import ranking
from dashboard.queries.progress import policy, progress, targeted
from dashboard.queries.trend import trend

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks.setting import Wanted
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Measure, Measured

    By = dict[str, dict[str, Progress]]  # by indicator and area


def tiles(wanted: Wanted) -> Chart | None:
    """Show ``tiles`` (indicators; by default a leader's first) of ``area`` in ``period``."""
    codes = main_indicators(wanted)
    values = values_of(wanted, codes)
    if not any(value.obs_value is not None for value, _ in values):
        return None
    period = wanted.period
    found = own(progress_of(wanted, codes), wanted.area)
    origin = wanted.origin(codes, (wanted.area,), period, period)
    return charts.tiles(
        values, found, wanted.area, period, wanted.ask(policy), wanted.labels, origin,
        wanted.measure,
    )  # fmt: skip


def progress_table(wanted: Wanted) -> Chart | None:
    """Show how far ``area`` and its parts are towards targets, with lamps; by default all."""
    found = progress_of(wanted, targeted_indicators(wanted))
    areas = [a for a in (wanted.area, *wanted.children) if any(a in by for by in found.values())]
    if not areas:
        return None
    period = wanted.period
    origin = wanted.origin(tuple(found), (wanted.area,), period, period)
    return charts.progress_table(found, areas, period, wanted.ask(policy), wanted.labels, origin)


def profile(wanted: Wanted) -> Chart | None:
    """Show one county's figures with change, progress and its place among those beside it."""
    codes = main_indicators(wanted)
    values = values_of(wanted, codes)
    if not values:
        return None
    period = wanted.period
    parent = wanted.ask(county.parent_of, wanted.area)
    ranked = {code: _place(wanted, code, parent) for code in codes} if parent else {}
    return charts.profile(
        values,
        own(progress_of(wanted, codes), wanted.area),
        {code: place for code, place in ranked.items() if place},
        wanted.area,
        period,
        wanted.ask(policy),
        wanted.labels,
        wanted.origin(codes, (wanted.area,), period, period),
        wanted.measure,
    )


def main_indicators(wanted: Wanted) -> tuple[str, ...]:
    """Return the indicators asked for under ``tiles``, else those that a leader sees first."""
    codes = wanted.known(wanted.many("tiles"))
    return codes or wanted.ask(
        overview.first_indicators, wanted.dataset, wanted.area, wanted.period
    )


def targeted_indicators(wanted: Wanted) -> tuple[str, ...]:
    """Return the indicators asked for under ``tiles``, else all that have targets."""
    having = wanted.ask(targeted, wanted.dataset, wanted.period[:4])
    codes = wanted.ask(choices.available_indicators, wanted.dataset, wanted.freq)
    return tuple(c for c in wanted.known(wanted.many("tiles")) or codes if c in having)


def values_of(wanted: Wanted, codes: tuple[str, ...]) -> tuple[Measured, ...]:
    """Return an area's values of some indicators in the period, in the order asked for."""
    found: dict[str, Measured] = {}
    measures: tuple[Measure, ...] = ("value", "ytd")
    for measure in measures:
        of = tuple(code for code in codes if wanted.measure_of(code) == measure)
        if of:
            values = wanted.ask(trend, wanted.dataset, of, (wanted.area,), wanted.period,
                                wanted.period, measure)  # fmt: skip
            found |= {value.indicator: (value, measure) for value in values}
    return tuple(found[code] for code in codes if code in found)


def progress_of(wanted: Wanted, codes: tuple[str, ...]) -> By:
    """Return the progress of an area and its parts, of the indicators that have targets."""
    having = wanted.ask(targeted, wanted.dataset, wanted.period[:4])
    areas = (wanted.area, *wanted.children)
    found: By = {}
    asked = tuple(code for code in codes if code in having)
    answer = wanted.ask(progress, wanted.dataset, asked, areas, wanted.period) if asked else ()
    for one in answer:
        found.setdefault(one.indicator, {})[one.ref_area] = one
    return found


def own(found: By, area: str) -> dict[str, Progress]:
    """Return the progress of one area by indicator."""
    return {code: by[area] for code, by in found.items() if area in by}


def _place(wanted: Wanted, code: str, parent: str) -> tuple[Ranked, int] | None:
    """Return the area's line of a ranking, and how many have a place; None where nobody ranks."""
    if wanted.labels.indicators[code].direction == "none":
        return None
    rows = wanted.ask(ranking, wanted.dataset, code, parent, wanted.period, wanted.measure_of(code))
    n = sum(row.place is not None for row in rows)
    own = next((row for row in rows if row.ref_area == wanted.area), None)
    return (own, n) if own and n > 1 else None
