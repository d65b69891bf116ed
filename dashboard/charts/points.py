"""Points of values and of their changes, as a chart over time holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.chart import Mark, Point, mark_of
from dashboard.locale.numbers import growth, moved, shown
from dashboard.locale.periods import period_name
from dashboard.queries.comparison import base_of
from dashboard.queries.periods import month_number

if TYPE_CHECKING:
    from dashboard.locale.labels import Labels
    from dashboard.locale.sentences_trend import Shown
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Measure, Value


def point_of(
    value: Value, labels: Labels, measure: Measure = "value", what: Shown = "level"
) -> Point:
    """Describe one value; its change is said where it is one on the year before."""
    indicator = labels.indicators[value.indicator]
    known = value.obs_value is not None and what != "previous"
    return Point(
        category=value.time_period,
        value=shown(value.obs_value, indicator) if value.obs_value is not None else None,
        text=labels.value(value, value.indicator),
        short=labels.short_value(value, value.indicator),
        mark=mark_of(value, conflict=value.conflict),
        indicator=labels.indicator(value.indicator, value.breakdown),
        area=labels.area(value.ref_area),
        period=period_name(value.time_period, labels.words, measure),
        change=growth(value.change, indicator, labels.words) if known else "",
        coverage=labels.coverage(value, measure),
        lacking=value.n_expected - value.n_reported,
        series_id=value.series_id,
        measure=measure,
        divisor=value.divisor,
        rests_on=(value.series_id, value.divisor) if value.divisor else (),
    )


def ranked_point(row: Ranked, indicator: str, when: str, labels: Labels, measure: Measure) -> Point:
    """Describe one area of a ranking in the period that is called ``when``."""
    entry = labels.indicators[indicator]
    return Point(
        category=row.ref_area,
        value=None if row.obs_value is None else shown(row.obs_value, entry),
        text=labels.value(row, indicator),
        short=labels.short_value(row, indicator),
        mark=mark_of(row, conflict=row.conflict),
        indicator=labels.indicator(indicator, row.breakdown),
        area=labels.area(row.ref_area),
        period=when,
        change=growth(row.change, entry, labels.words),
        coverage=labels.coverage(row, measure),
        lacking=row.n_expected - row.n_reported,
        series_id=row.series_id,
        measure=measure,
    )


def growth_of(value: Value, labels: Labels, measure: Measure, what: Shown) -> Point:
    """Describe how one value changed; without a base there is a gap."""
    point = point_of(value, labels, measure, what)
    indicator = labels.indicators[value.indicator]
    size = moved(value.change, indicator) if value.change else None
    text = growth(value.change, indicator, labels.words)
    mark: Mark = "gap" if size is None else point.mark
    if value.change and not value.change.exact and mark == "final":
        mark = "inexact"
    shown_as = labels.words(f"shown.{what}")
    name = labels.words("trend.changed", indicator=point.indicator, shown=shown_as)
    return replace(
        point,
        value=size,
        text=text,
        short=text,
        mark=mark,
        indicator=name,
        change="",
        rests_on=(*point.series_ids, *_bases(point, value.time_period, what)),
    )


def _bases(point: Point, period: str, what: Shown) -> tuple[int, ...]:
    """Return the series_ids of the period compared with: they end in the month."""
    base = base_of(period, "previous" if what == "previous" else "year")
    months = month_number(period) - month_number(base)
    return tuple(series_id - months for series_id in point.series_ids)
