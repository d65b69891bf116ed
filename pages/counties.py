"""Counties: who comes first in a period, where on the map, and how each went over the quarters."""

from functools import partial

import streamlit as st

from dashboard import charts
from dashboard.queries import counties
from dashboard.queries.standing import standings
from dashboard.ui import (
    ask,
    chart_block,
    choices_row,
    current_view,
    notice,
    pick_breakdown,
    pick_indicator,
    pick_measure,
    pick_parent,
    pick_period,
)
from dashboard.ui.basket import add_button, question
from dashboard.ui.blocks import first_of_several
from dashboard.ui.county_map import county_map
from dashboard.ui.links import open_county
from dashboard.ui.pickers import children_of, heat_map_periods, last_period, pick_switch
from dashboard.ui.standing import standing

view = current_view()
row = choices_row()
with row:
    parent = pick_parent(view)
if parent is None:
    notice(view, "no_children")
else:
    with row:
        indicator = pick_indicator(view)
        breakdown = pick_breakdown(view, (indicator,))
        measure = pick_measure(view, (indicator,))
        period = pick_period(view, parent, measure, last_period(view, indicator, breakdown))
        classes = pick_switch(view, "classes", ("own", "fixed"))
    rows = ask(counties.ranking, view.dataset, indicator, parent, period, measure, breakdown)
    if not rows:
        notice(view, "no_rows")
    else:
        said = {"indicator": indicator, "area": parent, "measure": measure, "breakdown": breakdown}
        origin = view.provenance(indicator, (parent,), period, period, breakdown)
        ranking = charts.ranking(rows, indicator, period, view.labels, origin, measure)
        beside = st.columns(2, gap="medium")
        with beside[0]:
            asked = question("ranking", **said, period=period)
            name = f"ranking_{indicator}"
            chart_block(view, ranking, name, asked, measure, leads=partial(open_county, view))
            first_of_several()
        with beside[1]:
            asked = question("map", **said, period=period, classes=classes)
            county_map(view, rows, indicator, parent, period, measure, origin, classes, asked)
        found = ask(standings, view.dataset, indicator, parent, period, measure, breakdown)
        standing(view, found, indicator, period)
        st.fragment(add_button)(
            view, question("ranking_table", **said, period=period), f"table_{indicator}"
        )

        first, last = heat_map_periods(view, period)
        values = view.trend(indicator, children_of(parent), first, last, measure, breakdown)
        origin = view.provenance(indicator, (parent,), first, last, breakdown)
        asked = question("heat_map", **said, first=first, last=last)
        chart = charts.heat_map(values, view.labels, origin, measure)
        chart_block(view, chart, f"heat_map_{indicator}", asked, measure)
