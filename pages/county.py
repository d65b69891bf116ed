"""County: one county, one file (一县一档): years side by side, ranks, gaps, issues, sources."""

import streamlit as st

from dashboard.ui import choices_row, current_view, notice, sources
from dashboard.ui.asking import later
from dashboard.ui.county import courses, files, gaps, head, issues, pick_years, written, years
from dashboard.ui.pickers import pick_county

view = current_view()
with choices_row():
    area = pick_county(view)
    window = pick_years(view)

file = written(view, later(), area, window)
dossier = file.dossier
if dossier.lines:
    head(view, dossier)
    years(view, dossier, file.found)
    st.fragment(sources)(view, dossier.points, "county")
    courses(view, file)
    gaps(view, dossier)
    issues(view, dossier, area)
    files(view, dossier)
else:
    notice(view, "no_rows")
