"""Trend: indicators over time, a series an area or, to compare like quarters, a series a year."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from dashboard.charts.chart import (
    PALETTE,
    Axes,
    Chart,
    Kind,
    Panel,
    Provenance,
    Series,
)
from dashboard.charts.markers import markers
from dashboard.charts.notes import like_for_like, mark_notes, partial, redefined, seasonal
from dashboard.charts.points import growth_of, point_of
from dashboard.locale.numbers import unit
from dashboard.locale.periods import period_name, tick, ticks
from dashboard.locale.sentences_trend import trend_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.locale.sentences_trend import Shown
    from dashboard.queries.annotations import Annotation
    from dashboard.queries.comparison import Against
    from dashboard.queries.values import Measure, Value

Shape = Literal["lines", "bars", "years"]
Facet = Literal["none", "area", "indicator"]
MANY_PARTS = 4  # more parts of a year than this are lines: bars of twelve months are a fence


def trend(
    values: Sequence[Value],
    labels: Labels,
    provenance: Provenance,
    *,
    shape: Shape = "lines",
    what: Shown = "level",
    measure: Measure = "value",
    facet: Facet = "none",
    axes: Axes = "shared",
    annotations: Sequence[Annotation] = (),
) -> Chart:
    """Describe values over time; ``what`` draws them, or how they changed.

    With the shape ``years`` quarters stand side by side along the axis and the years are series,
    of one area each: several areas become panels. Several indicators are panels, too.
    """
    facet = _facet(values, shape, facet)
    series = _series(values, labels, shape, what, measure, facet)
    title = trend_title(values, labels, shape=shape, what=what, measure=measure)
    points = [p for s in series for p in s.points]
    happened = markers(values, labels, annotations, _panels_of(values, labels, what))
    # Beside each other the years share a category: there a note says when, and no line.
    lined = () if shape == "years" else happened
    told = tuple(m.text if m not in lined else f"{m.sign} {m.text}" for m in happened)
    said = {m.text for m in happened}
    rest = [n for n in _rests_on(values, what, measure, labels) if n not in said]
    periods = sorted({v.time_period for v in values})
    kind = _kind(shape, periods)
    units = {_unit(labels, v.indicator, what) for v in values}
    axis_unit = units.pop() if len(units) == 1 else ""
    return Chart(
        kind=kind,
        title=title,
        unit=axis_unit,
        unit_line=labels.words("unit_line", unit=axis_unit) if axis_unit else "",
        decimals=_decimals(labels, values[0].indicator, what),
        categories=_categories(periods, shape, labels),
        series=series,
        notes=(*mark_notes(points, kind, labels.words), *rest, *told),
        alt=_alt(title, shape, periods, axis_unit, labels.words),
        provenance=provenance,
        axes=axes if axis_unit else "free",
        markers=lined,
    )


def _alt(title: str, shape: Shape, periods: Sequence[str], axis_unit: str, words: Words) -> str:
    first, last = (period_name(p, words) for p in (periods[0], periods[-1]))
    return words(
        "trend.alt",
        shape=words(f"shape.{shape}"),
        title=title,
        first=first,
        last=last,
        unit=axis_unit or words("trend.units_differ"),
    )


def _facet(values: Sequence[Value], shape: Shape, facet: Facet) -> Facet:
    """Return what each panel holds: years need one area each, indicators an axis each."""
    if len({v.indicator for v in values}) > 1:
        return "indicator"
    if len({v.ref_area for v in values}) == 1:
        return "none"
    return "area" if shape == "years" else "none" if facet == "indicator" else facet


def _kind(shape: Shape, periods: Sequence[str]) -> Kind:
    if shape != "years":
        return shape
    return "bars" if len({p[4:] for p in periods}) <= MANY_PARTS else "lines"


def _series(
    values: Sequence[Value],
    labels: Labels,
    shape: Shape,
    what: Shown,
    measure: Measure,
    facet: Facet,
) -> tuple[Series, ...]:
    describe = point_of if what == "level" else growth_of
    coloured = list(dict.fromkeys(_coloured(v, shape, facet) for v in values))

    def key(v: Value) -> tuple[str, str, str]:
        return v.indicator, v.ref_area, v.time_period[:4] if shape == "years" else ""

    found = []
    for (_, area, year), group in groupby(values, key):
        run = tuple(group)
        points = tuple(describe(v, labels, measure, what) for v in run)
        if shape == "years":
            points = tuple(replace(p, category=p.category[4:]) for p in points)
        n = coloured.index(_coloured(run[0], shape, facet))
        panel = _panel(run[0], labels, what, facet)
        found.append(Series(year or labels.area(area), points, PALETTE[n % len(PALETTE)], panel))
    return tuple(found)


def _coloured(value: Value, shape: Shape, facet: Facet) -> str:
    """Return what a colour stands for: a year, an area; one colour where panels part the areas."""
    if shape == "years":
        return value.time_period[:4]
    return "" if facet == "area" else value.ref_area


def _panel(value: Value, labels: Labels, what: Shown, facet: Facet) -> Panel | None:
    if facet == "none":
        return None
    if facet == "area":
        title = labels.area(value.ref_area)
        return replace(_panel_of_indicator(value, labels, what), title=title)
    return _panel_of_indicator(value, labels, what)


def _panel_of_indicator(value: Value, labels: Labels, what: Shown) -> Panel:
    of = _unit(labels, value.indicator, what)
    name = labels.indicator(value.indicator, value.breakdown)
    title = labels.words("trend.panel", indicator=name, unit=of)
    return Panel(title, of, _decimals(labels, value.indicator, what))


def _panels_of(values: Sequence[Value], labels: Labels, what: Shown) -> dict[str, Panel]:
    """Return the panel that each indicator would have."""
    return {v.indicator: _panel_of_indicator(v, labels, what) for v in values}


def _rests_on(
    values: Sequence[Value], what: Shown, measure: Measure, labels: Labels
) -> tuple[str, ...]:
    """Say what values and comparisons rest on: which areas, one definition, no season."""
    against: Against = "previous" if what == "previous" else "year"
    found = list(partial(values, labels, measure)) if what == "level" else []
    found += like_for_like(values, labels.words, against)
    for code, group in groupby(values, lambda v: v.indicator):
        periods = [v.time_period for v in group]
        indicator = labels.indicators[code]
        found += redefined(indicator, min(periods), max(periods), labels.words, against)
        if what == "previous":
            found += seasonal(indicator, labels)
    return tuple(dict.fromkeys(found))


def _unit(labels: Labels, code: str, what: Shown) -> str:
    indicator = labels.indicators[code]
    if what == "level":
        return unit(indicator, labels.words)
    return labels.words("change.points", points="").strip() if indicator.kind == "rate" else "%"


def _decimals(labels: Labels, code: str, what: Shown) -> int:
    return labels.indicators[code].decimals if what == "level" else 1


def _categories(
    periods: Sequence[str], shape: Shape, labels: Labels
) -> tuple[tuple[str, str], ...]:
    if shape != "years":
        return ticks(periods, labels.words)
    parts = {p[4:]: p for p in sorted(periods, key=lambda p: p[4:])}
    return tuple((part, tick(p, labels.words, with_year=False)) for part, p in parts.items())
