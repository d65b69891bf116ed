"""Explore: any values, or reports as they were sent, listed by any filter or in a pivot."""

import streamlit as st

from dashboard.ui import current_view, notice
from dashboard.ui.explore import pick_wanted
from dashboard.ui.explore_list import reports, values
from dashboard.ui.explore_pivot import pivot

view = current_view()
wanted = pick_wanted(view)
if not wanted.areas:
    notice(view, "nothing_chosen")
    st.stop()

if wanted.form == "values":
    values(view, wanted)
elif wanted.form == "reports":
    reports(view, wanted)
else:
    pivot(view, wanted)
