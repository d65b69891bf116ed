"""What pages are made of: choices bound to the address, questions, charts with their files."""

from dashboard.ui import comparison
from dashboard.ui.asking import ask
from dashboard.ui.blocks import chart_block, notice, tiles
from dashboard.ui.pickers import (
    choices_row,
    pick_area,
    pick_areas,
    pick_breakdown,
    pick_indicator,
    pick_indicators,
    pick_measure,
    pick_parent,
    pick_period,
    pick_period_range,
)
from dashboard.ui.sources import sources
from dashboard.ui.view import View, current_view

__all__ = [
    "View", "ask", "chart_block", "choices_row", "comparison", "current_view", "notice",
    "pick_area", "pick_areas", "pick_breakdown", "pick_indicator", "pick_indicators",
    "pick_measure", "pick_parent", "pick_period", "pick_period_range", "sources", "tiles",
]  # fmt: skip
