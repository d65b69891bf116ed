"""Trends: how indicators moved, county by county; a chart an indicator."""

from dashboard.ui import choices_row, comparison, current_view, notice, pick_areas, pick_indicators
from dashboard.ui.pickers import first_indicator

view = current_view()
indicators = pick_indicators(view, (first_indicator(view),))
areas = pick_areas(view)
with choices_row():
    chosen = comparison.pick(view, indicators, areas)

if indicators and areas:
    comparison.draw(view, indicators, chosen)
else:
    notice(view, "nothing_chosen")
