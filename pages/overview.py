"""Overview: one area in one period, read in two minutes; ``present=1`` shows it in screens."""

from html import escape

import streamlit as st

from dashboard.charts import point_of
from dashboard.queries import overview
from dashboard.ui import (
    ask,
    choices_row,
    current_view,
    notice,
    pick_area,
    pick_indicators,
    pick_measure,
    pick_period,
    sources,
    tiles,
)
from dashboard.ui.address import presenting
from dashboard.ui.basket import add_button, question
from dashboard.ui.exceptions import exceptions
from dashboard.ui.overview import changes, issues
from dashboard.ui.presenting import present, start_button
from dashboard.ui.progress import progress_block, target_points
from dashboard.ui.review import review

view = current_view()
with choices_row():
    area = pick_area(view)
    measure = pick_measure(view)
    period = pick_period(view, area, measure)
    first = ask(overview.first_indicators, view.dataset, area, period)
    with st.popover(view.words("overview.choose"), icon=":material/tune:"):
        indicators = pick_indicators(view, first, "tiles")
    start_button(view)

found = review(view, indicators, area, period, measure) if indicators else None
if found is None:
    notice(view, "nothing_chosen")
elif presenting():
    present(view, found)
else:
    st.html(f'<p class="headline">{escape(found.sentence)}</p>')
    if found.date_line:
        st.caption(found.date_line)
    st.subheader(view.words("overview.tiles"), anchor=False)
    tiles(view, found.histories, found.bullets)
    st.space("small")
    asked = question("tiles", tiles=indicators, area=area, period=period, measure=measure)
    st.fragment(add_button)(view, asked, "tiles")
    points = [
        point_of(v, view.labels, view.measure_of(v.indicator, measure))
        for v in (history[-1] for history in found.histories)
    ]
    st.fragment(sources)(
        view, [*points, *target_points(view, found.progress, found.aims, area)], "overview", measure
    )
    exceptions(view, found.exceptional)
    progress_block(view, found.progress, area, period)
    changes(view, area, period, measure)
    issues(view)
