"""Overview: one area in one period, read in two minutes: a sentence, tiles, what changed."""

import streamlit as st

from dashboard.locale.sentences import headline
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
    tiles,
)
from dashboard.ui.overview import changes, issues, tile_points

SENTENCE, QUARTERS = 3, 12

view = current_view()
with choices_row():
    area = pick_area(view)
    measure = pick_measure(view)
    period = pick_period(view, area, measure)
    first = ask(overview.first_indicators, view.dataset, area, period)
    indicators = pick_indicators(view, first)

if not indicators:
    notice(view, "nothing_chosen")
    st.stop()

histories = tile_points(view, indicators, area, period, measure, QUARTERS)
silent = ask(overview.silent_areas, view.dataset, area, period)
sentence = headline(
    [h[-1] for h in histories][:SENTENCE], area, period, silent, view.labels, measure
)
st.html(f'<p class="headline">{sentence}</p>')

st.subheader(view.words("overview.tiles"), anchor=False)
tiles(view, histories)
changes(view, area, period, measure)
issues(view)
