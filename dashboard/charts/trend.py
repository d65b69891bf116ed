"""Trend: one indicator over time, a series an area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dashboard.charts.chart import PALETTE, Chart, Mark, Point, Provenance, Series, mark_of
from dashboard.charts.notes import like_for_like, mark_notes, redefined
from dashboard.locale.numbers import growth, moved, shown, unit
from dashboard.locale.periods import period_name, tick
from dashboard.locale.sentences import trend_title
from dashboard.queries.periods import part_of_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.values import Measure, Value

Shape = Literal["lines", "bars"]
Shown = Literal["level", "growth"]


def trend(
    values: Sequence[Value],
    labels: Labels,
    provenance: Provenance,
    *,
    shape: Shape = "lines",
    what: Shown = "level",
    measure: Measure = "value",
) -> Chart:
    """Describe the values of one indicator; ``what`` draws them, or their growth on last year."""
    indicator = labels.indicators[values[0].indicator]
    periods = sorted({v.time_period for v in values})
    areas = list(dict.fromkeys(v.ref_area for v in values))
    describe = growth_of if what == "growth" else point_of
    series = tuple(
        Series(
            labels.area(area),
            tuple(describe(v, labels, measure) for v in values if v.ref_area == area),
            PALETTE[n % len(PALETTE)],
        )
        for n, area in enumerate(areas)
    )
    title = trend_title(values, labels, what=what, measure=measure)
    axis_unit = _axis_unit(labels, indicator.indicator, what)
    points = [p for s in series for p in s.points]
    return Chart(
        kind=shape,
        title=title,
        unit=axis_unit,
        unit_line=labels.words("unit_line", unit=axis_unit),
        decimals=1 if what == "growth" else indicator.decimals,
        categories=tuple((p, _tick(p, n, labels)) for n, p in enumerate(periods)),
        series=series,
        notes=mark_notes(points, shape, labels.words)
        + like_for_like(values, labels.words)
        + redefined(indicator, periods[0], periods[-1], labels.words),
        alt=labels.words(
            "trend.alt",
            shape=labels.words(f"shape.{shape}"),
            title=title,
            first=period_name(periods[0], labels.words),
            last=period_name(periods[-1], labels.words),
            unit=axis_unit,
        ),
        provenance=provenance,
    )


def point_of(value: Value, labels: Labels, measure: Measure = "value") -> Point:
    """Describe one value."""
    indicator = labels.indicators[value.indicator]
    known = value.obs_value is not None
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
        coverage=labels.coverage(value),
        series_id=value.series_id,
    )


def growth_of(value: Value, labels: Labels, measure: Measure = "value") -> Point:
    """Describe the growth of one value on the year before; without a base there is a gap."""
    point = point_of(value, labels, measure)
    indicator = labels.indicators[value.indicator]
    size = moved(value.change, indicator) if value.change else None
    text = growth(value.change, indicator, labels.words)
    mark: Mark = "gap" if size is None else point.mark
    if value.change and not value.change.exact and mark == "final":
        mark = "inexact"
    return replace(point, value=size, text=text, short=text, mark=mark)


def _axis_unit(labels: Labels, code: str, what: Shown) -> str:
    indicator = labels.indicators[code]
    if what == "level":
        return unit(indicator, labels.words)
    return labels.words("change.points", points="").strip() if indicator.kind == "rate" else "%"


def _tick(period: str, position: int, labels: Labels) -> str:
    with_year = position == 0 or part_of_year(period) == 1
    return tick(period, labels.words, with_year=with_year)
