"""What Trends draws: which values a choice asks for, and which charts they make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import charts
from dashboard.queries.annotations import annotations_of
from dashboard.queries.per_head import per_head
from dashboard.queries.values import TOTAL
from dashboard.ui.asking import ask
from dashboard.ui.basket import question
from dashboard.ui.blocks import chart_block
from dashboard.ui.leads import leads
from dashboard.ui.pickers import breakdowns_of, pick_breakdown, pick_measure, pick_period_range
from dashboard.ui.switches import (
    denominators_of,
    pick_axes,
    pick_facet,
    pick_per,
    pick_seasonal,
    pick_shape,
    pick_shown,
)

if TYPE_CHECKING:
    from dashboard.charts.chart import Axes, Chart, Point
    from dashboard.charts.trend import Facet, Shape
    from dashboard.decks import Asked
    from dashboard.locale.sentences_trend import Shown
    from dashboard.queries.comparison import Against
    from dashboard.queries.per_head import Denominator
    from dashboard.queries.values import Measure, Value
    from dashboard.ui.view import View


class Chosen(NamedTuple):
    """What a reader chose to see of the indicators and areas above."""

    areas: tuple[str, ...]
    breakdown: str
    first: str
    last: str
    shown: Shown
    measure: Measure
    shape: Shape
    facet: Facet
    axes: Axes
    seasonal: bool
    per: str  # the denominator's code; "" where nothing is divided

    @property
    def against(self) -> Against:
        """Return which period a change is taken on."""
        return "previous" if self.shown == "previous" else "year"


def pick(view: View, indicators: tuple[str, ...], areas: tuple[str, ...]) -> Chosen:
    """Draw the pickers below the indicators and areas; only those that matter stand there."""
    breakdown = pick_breakdown(view, indicators)
    first, last = pick_period_range(view)
    shown = pick_shown(view)
    # A change says itself whether it is the period's own or the year's to date.
    own = pick_measure(view, indicators) if shown == "level" else "value"
    measure = "ytd" if shown == "to_date" else own
    shape = pick_shape(view)
    facet = pick_facet(view, len(indicators), len(areas))
    several = facet == "area" or (shape == "years" and len(areas) > 1)
    axes = pick_axes(view) if several else "free"  # indicators have units of their own
    asks_season = shown == "previous" and any(_seasonal(view, code) for code in indicators)
    seasonal = asks_season and pick_seasonal(view)
    per = pick_per(view, indicators)
    return Chosen(areas, breakdown, first, last, shown, measure, shape, facet, axes, seasonal, per)


def draw(view: View, indicators: tuple[str, ...], chosen: Chosen) -> None:
    """Draw the charts of a choice, or say why an indicator has none."""
    found: dict[str, tuple[Value, ...]] = {}
    labels = view.labels
    for code in indicators:
        by = _divided_by(view, code, chosen)
        values = _values(view, code, by, chosen)
        why_not = _why_not(view, code, by, chosen) if values else _nothing(view, code, chosen)
        if why_not:
            st.info(why_not)
            continue
        found[code] = values
        labels = labels.divided(code, by) if by else labels
    drawn = tuple(found)
    together = chosen.facet == "indicator" and (chosen.shape != "years" or len(chosen.areas) == 1)
    for group in (drawn,) if together and drawn else [(code,) for code in drawn]:
        values = tuple(value for code in group for value in found[code])
        chart = charts.trend(
            values,
            labels,
            view.origin(_files(view, group, chosen)),
            shape=chosen.shape,
            what=chosen.shown,
            measure=chosen.measure,
            facet=chosen.facet,
            axes=chosen.axes,
            annotations=ask(annotations_of, view.dataset),
        )
        chart_block(
            view,
            chart,
            f"trend_{'_'.join(group)}",
            _asked(group, chosen),
            chosen.measure,
            leads=partial(_lead, view, chart, values, chosen.measure),
        )


def _asked(group: tuple[str, ...], chosen: Chosen) -> Asked:
    seasonal = "shown" if chosen.seasonal else ""
    said = {key: value for key, value in chosen._asdict().items() if key != "seasonal"}
    return question("trend", indicators=group, seasonal=seasonal, **said)


def _lead(
    view: View, chart: Chart, values: tuple[Value, ...], measure: Measure, point: Point
) -> None:
    """Link from a point to the pages about its value: a chart keeps the order of its values."""
    leads(view, values[chart.points.index(point)], measure)


def _divided_by(view: View, code: str, chosen: Chosen) -> Denominator | None:
    return next((d for d in denominators_of(view, code) if d.indicator == chosen.per), None)


def _values(view: View, code: str, by: Denominator | None, chosen: Chosen) -> tuple[Value, ...]:
    asked = (chosen.areas, chosen.first, chosen.last, chosen.measure)
    how = (_breakdown(view, code, chosen), chosen.against)
    if by is None:
        return view.trend(code, *asked, *how)
    return ask(per_head, view.dataset, code, by, *asked, *how)


def _files(view: View, codes: tuple[str, ...], chosen: Chosen) -> tuple[str, ...]:
    """Return the files behind some indicators, and behind what they are divided by."""
    of = [(code, _breakdown(view, code, chosen)) for code in codes]
    of += [(chosen.per, TOTAL)] if chosen.per else []
    found = (
        view.files(code, chosen.areas, chosen.first, chosen.last, breakdown)
        for code, breakdown in of
    )
    return tuple(dict.fromkeys(file for files in found for file in files))


def _breakdown(view: View, code: str, chosen: Chosen) -> str:
    """Return the breakdown chosen, or the indicator's first where it does not have that one."""
    having = breakdowns_of(view, code)
    return chosen.breakdown if chosen.breakdown in having else having[0]


def _nothing(view: View, code: str, chosen: Chosen) -> str:
    name = view.labels.indicator(code, _breakdown(view, code, chosen))
    return view.words("trend.nothing", indicator=name)


def _seasonal(view: View, code: str) -> bool:
    return view.labels.indicators[code].seasonal


def _why_not(view: View, code: str, by: Denominator | None, chosen: Chosen) -> str:
    """Say why an indicator is left out: its change would show the season, or nothing divides it."""
    say, name = view.words, view.labels.indicator(code)
    if chosen.shown == "previous" and _seasonal(view, code) and not chosen.seasonal:
        return say("change.seasonal", indicator=name) + say("trend.seasonal_hint")
    if chosen.per and by is None:
        return say("per_head.undeclared", indicator=name, of=view.labels.indicator(chosen.per))
    return ""
