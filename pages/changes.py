"""Changes: what moved between two windows, and which counties and parts it comes from."""

from dashboard.queries import contributions, dimensions
from dashboard.queries.contributions import Comparison
from dashboard.ui import (
    ask,
    choices_row,
    current_view,
    notice,
    pick_area,
    pick_breakdown,
    pick_indicator,
)
from dashboard.ui.changes import by_county, by_dimension, finding
from dashboard.ui.windows import pick_windows

view = current_view()
with choices_row():
    area = pick_area(view)
    indicator = pick_indicator(view)
    breakdown = pick_breakdown(view, (indicator,))
    now, base = pick_windows(view, area, indicator, breakdown)

asked = Comparison(view.dataset, indicator, area, now, base, breakdown)
explained = ask(contributions.by_area, asked)
if explained is None:
    notice(view, "no_comparison")
else:
    finding(view, explained, asked)
    by_county(view, explained, asked)
    for dimension in ask(dimensions.by_dimension, asked):
        by_dimension(view, dimension, asked)
