"""Trends: how indicators moved, county by county; a chart an indicator."""

import streamlit as st

from dashboard import charts
from dashboard.queries.trend import trend
from dashboard.ui import (
    ask,
    chart_block,
    choices_row,
    current_view,
    notice,
    pick_areas,
    pick_breakdown,
    pick_indicators,
    pick_measure,
    pick_period_range,
    pick_shape,
    pick_shown,
)
from dashboard.ui.pickers import breakdowns_of, first_indicator

view = current_view()
indicators = pick_indicators(view, (first_indicator(view),))
areas = pick_areas(view)
with choices_row():
    breakdown = pick_breakdown(view, indicators)
    first, last = pick_period_range(view)
    measure = pick_measure(view)
    shape = pick_shape(view)
    shown = pick_shown(view)

if not indicators or not areas:
    notice(view, "nothing_chosen")
    st.stop()

for indicator in indicators:
    having = breakdowns_of(view, indicator)
    shown_by = breakdown if breakdown in having else having[0]
    values = ask(trend, view.dataset, (indicator,), areas, first, last, measure, shown_by)
    if values:
        origin = view.provenance(indicator, areas, first, last, shown_by)
        chart = charts.trend(values, view.labels, origin, shape=shape, what=shown, measure=measure)
        chart_block(view, chart, f"trend_{indicator}", measure)
    else:
        st.info(view.words("trend.nothing", indicator=view.labels.indicator(indicator, shown_by)))
