"""What Trends draws: which values a choice asks for, and which charts they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import charts
from dashboard.queries import choices
from dashboard.queries.trend import trend
from dashboard.ui.asking import ask
from dashboard.ui.blocks import chart_block
from dashboard.ui.pickers import breakdowns_of, pick_breakdown, pick_measure, pick_period_range
from dashboard.ui.switches import pick_axes, pick_facet, pick_seasonal, pick_shape, pick_shown

if TYPE_CHECKING:
    from dashboard.charts.chart import Axes
    from dashboard.charts.trend import Facet, Shape
    from dashboard.locale.sentences_trend import Shown
    from dashboard.queries.comparison import Against
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
    measure = pick_measure(view) if shown == "level" else "ytd" if shown == "to_date" else "value"
    shape = pick_shape(view)
    facet = pick_facet(view, len(indicators), len(areas))
    several = facet != "none" or (shape == "years" and len(areas) > 1)
    axes = pick_axes(view) if several else "shared"
    asks_season = shown == "previous" and any(_seasonal(view, code) for code in indicators)
    seasonal = asks_season and pick_seasonal(view)
    return Chosen(areas, breakdown, first, last, shown, measure, shape, facet, axes, seasonal)


def draw(view: View, indicators: tuple[str, ...], chosen: Chosen) -> None:
    """Draw the charts of a choice, or say why an indicator has none."""
    found = {code: _values(view, code, chosen) for code in indicators}
    for code in indicators:
        if _left_out(view, code, chosen):
            st.info(_why_not(view, code))
        elif not found[code]:
            st.info(view.words("trend.nothing", indicator=_name(view, code, chosen)))
    drawn = tuple(c for c in indicators if found[c] and not _left_out(view, c, chosen))
    together = chosen.facet == "indicator" and (chosen.shape != "years" or len(chosen.areas) == 1)
    for group in (drawn,) if together and drawn else [(code,) for code in drawn]:
        values = tuple(value for code in group for value in found[code])
        chart = charts.trend(
            values,
            view.labels,
            view.origin(_files(view, group, chosen)),
            shape=chosen.shape,
            what=chosen.shown,
            measure=chosen.measure,
            facet=chosen.facet,
            axes=chosen.axes,
        )
        chart_block(view, chart, f"trend_{'_'.join(group)}", chosen.measure)


def _values(view: View, code: str, chosen: Chosen) -> tuple[Value, ...]:
    """Return the values to draw: asked for all periods, so that a choice of some is no question."""
    periods = ask(choices.periods, view.dataset, view.freq)
    found = ask(
        trend, view.dataset, (code,), chosen.areas, periods[0], periods[-1], chosen.measure,
        _breakdown(view, code, chosen), chosen.against,
    )  # fmt: skip
    return tuple(v for v in found if chosen.first <= v.time_period <= chosen.last)


def _files(view: View, codes: tuple[str, ...], chosen: Chosen) -> tuple[str, ...]:
    """Return the files behind some indicators, each by the breakdown that it is shown by."""
    found = (
        view.files(code, chosen.areas, chosen.first, chosen.last, _breakdown(view, code, chosen))
        for code in codes
    )
    return tuple(dict.fromkeys(file for files in found for file in files))


def _breakdown(view: View, code: str, chosen: Chosen) -> str:
    """Return the breakdown chosen, or the indicator's first where it does not have that one."""
    having = breakdowns_of(view, code)
    return chosen.breakdown if chosen.breakdown in having else having[0]


def _name(view: View, code: str, chosen: Chosen) -> str:
    return view.labels.indicator(code, _breakdown(view, code, chosen))


def _seasonal(view: View, code: str) -> bool:
    return view.labels.indicators[code].seasonal


def _left_out(view: View, code: str, chosen: Chosen) -> bool:
    """Whether a change on the period before would show the season: offered, not shown at once."""
    return chosen.shown == "previous" and _seasonal(view, code) and not chosen.seasonal


def _why_not(view: View, code: str) -> str:
    why = view.words("change.seasonal", indicator=view.labels.indicator(code))
    return f"{why}{view.words('trend.seasonal_hint')}"
