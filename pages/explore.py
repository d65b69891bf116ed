"""Explore: any values, or reports as they were sent, listed by any filter or in a pivot."""

import streamlit as st

from dashboard.ui import current_view, notice
from dashboard.ui.explore import pick_form, pick_wanted
from dashboard.ui.explore_list import reports, values
from dashboard.ui.explore_pivot import pivot
from dashboard.ui.saved_views import saved_views

view = current_view()
with st.container(horizontal=True, vertical_alignment="center"):
    form = pick_form(view)
    saved_views(view.words, "explore")
wanted = pick_wanted(view, form)
if not wanted.areas:
    notice(view, "nothing_chosen")
elif form == "values":
    values(view, wanted)
elif form == "reports":
    reports(view, wanted)
else:
    pivot(view, wanted)
