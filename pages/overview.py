"""Overview: one area in one period, read in two minutes: a sentence, tiles, what changed."""

from html import escape

import streamlit as st

from dashboard.charts import point_of
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
    sources,
    tiles,
)
from dashboard.ui.overview import changes, issues, tile_points

SENTENCE = 3

view = current_view()
with choices_row():
    area = pick_area(view)
    measure = pick_measure(view)
    period = pick_period(view, area, measure)
    first = ask(overview.first_indicators, view.dataset, area, period)
    with st.popover(view.words("overview.choose"), icon=":material/tune:"):
        indicators = pick_indicators(view, first, "tiles")

if not indicators:
    notice(view, "nothing_chosen")
    st.stop()

histories = tile_points(view, indicators, area, period, measure)
due = ask(overview.due_areas, view.dataset, area, period)
silent = [code for code, came in due.items() if not came]
overdue = ask(overview.overdue_areas, view.dataset, area, period)
sentence = headline(
    [h[-1] for h in histories][:SENTENCE], area, period, silent, view.labels, measure, overdue
)
st.html(f'<p class="headline">{escape(sentence)}</p>')
if due:
    n = len(due) - len(silent)
    st.caption(view.words("overview.date_line", as_of=view.vintage.as_of, n=n, of=len(due)))

st.subheader(view.words("overview.tiles"), anchor=False)
tiles(view, histories)
st.space("small")
sources(
    view,
    [point_of(history[-1], view.labels, measure) for history in histories],
    "overview",
    measure,
)
changes(view, area, period, measure)
issues(view)
