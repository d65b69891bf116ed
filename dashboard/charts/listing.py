"""Listing: values of any kind below each other, with what is known of each, as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import Chart, Point, Series, mark_of
from dashboard.charts.notes import figures, mark_notes
from dashboard.charts.points import point_of
from dashboard.locale.numbers import shown, unit
from dashboard.locale.periods import span_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.charts.chart import Provenance
    from dashboard.locale.labels import Labels
    from dashboard.queries.values import Measure, Value

# What tells one value of a list (or one report) from another, and what else is said of each.
DIMS: Mapping[str, Callable[[Labels, Any], str]] = {
    "indicator": lambda labels, value: labels.indicator(value.indicator),
    "breakdown": lambda labels, value: labels.breakdown(value.breakdown),
    "area": lambda labels, value: labels.area(value.ref_area),
    "period": lambda labels, value: span_name(value.time_period, labels.words),
}
SAID: Mapping[str, Callable[[Labels, Any], str]] = {
    "shown": lambda labels, value: labels.value(value, value.indicator),
    "mark": lambda labels, value: _mark(value, labels),
    "number": lambda labels, value: _number(value, labels),
    "unit": lambda labels, value: unit(labels.indicators[value.indicator], labels.words),
    "status": lambda labels, value: labels.words.pick(*labels.statuses[value.obs_status]),
    "qualifier": lambda labels, value: labels.words(
        f"explore.qualifier_of.{value.qualifier or 'exact'}"
    ),
    "coverage": lambda labels, value: labels.coverage(value),
    "method": lambda labels, value: labels.words(f"explore.method_of.{value.method}"),
}  # fmt: skip
FIGURES = ("shown", "number")  # what tells how many


def listing(
    values: Sequence[Value],
    columns: Sequence[str],
    title: str,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe a row a value, named by what tells it from the others, and a column each of SAID."""
    say = labels.words
    named = [dim for dim, of in DIMS.items() if len({of(labels, v) for v in values}) > 1]
    series = tuple(
        Series(
            say("pivot.join").join(DIMS[dim](labels, v) for dim in named or ("area",)),
            tuple(_point(v, column, labels, measure) for column in columns),
        )
        for v in values
    )
    units = {SAID["unit"](labels, v) for v in values}
    told = [p for s in series for p in s.points if p.category in FIGURES]
    return Chart(
        kind="pivot",
        title=title,
        unit="",  # each figure says its own
        unit_line=say("unit_line", unit=units.pop() if len(units) == 1 else say("pivot.units")),
        decimals=0,
        categories=tuple((column, say(f"explore.columns.{column}")) for column in columns),
        series=series,
        notes=mark_notes(told, "pivot", say),
        alt=say("pivot.alt", title=title, rows=len(series), columns=len(columns)),
        provenance=provenance,
        reported=figures(values, say),
    )


def _point(value: Value, column: str, labels: Labels, measure: Measure) -> Point:
    """Describe a cell; only those that tell how many hold a number, and rest on the series."""
    point, text = point_of(value, labels, measure), SAID[column](labels, value)
    if column in FIGURES:
        return replace(point, category=column, short=text, change="")
    return replace(
        point, category=column, value=None, text=text, short=text, mark="final", change="",
        series_id=0, rests_on=(),
    )  # fmt: skip


def _mark(value: Value, labels: Labels) -> str:
    if value.obs_value is None:
        return ""
    return labels.words(f"mark.{mark_of(value, conflict=value.conflict)}")


def _number(value: Value, labels: Labels) -> str:
    """Return the value in the unit shown, as a program reads it."""
    if value.obs_value is None:
        return ""
    return f"{shown(value.obs_value, labels.indicators[value.indicator]):.12g}"
