"""Draws a chart on the screen: a Plotly figure as a plain dictionary, a module a kind.

A dictionary because building validated Plotly objects costs more than the query; our tests
validate every kind. Colours of text and background are left to Streamlit's theme, which knows
light from dark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plotly.basedatatypes import BaseFigure

from dashboard.ui.figures.area_map import area_map
from dashboard.ui.figures.heat_map import heat_map
from dashboard.ui.figures.marks import MARGIN
from dashboard.ui.figures.over_time import bars, lines, stacked, tick_labels
from dashboard.ui.figures.ranking import ranking
from dashboard.ui.figures.waterfall import waterfall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.charts import Chart, Point
    from dashboard.locale import Words

CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}
PANEL_HEIGHT, LEGEND_LINE, PANEL_TICKS = 250, 20, 6
HANDS = {
    "lines": lines,
    "bars": bars,
    "stacked": stacked,
    "ranking": ranking,
    "heat_map": heat_map,
    "waterfall": waterfall,
    "map": area_map,
}


class Drawn(BaseFigure):  # type: ignore[misc]
    """A dictionary as a figure: st.plotly_chart validates dictionaries anew at every rerun.

    That took 36,000 of a page's 50,000 calls; a figure it takes as valid.
    """

    def __init__(self, spec: dict[str, Any]) -> None:
        object.__setattr__(self, "spec", spec)

    def to_dict(self) -> dict[str, Any]:
        """Return the dictionary that is sent to the browser."""
        spec: dict[str, Any] = self.spec
        return spec


def figure(chart: Chart, words: Words) -> dict[str, Any]:
    """Return the dictionary of a chart's figure."""
    return HANDS[chart.kind](chart, words)


def panel(chart: Chart, words: Words) -> dict[str, Any]:
    """Return the dictionary of one of several small charts, its title above it."""
    spec = figure(chart, words)
    spec["layout"] |= {
        "height": PANEL_HEIGHT + (len(chart.series) // 2) * LEGEND_LINE,
        "title": {"text": chart.title, "font": {"size": 14}},
        "margin": MARGIN | {"t": 54 if chart.markers else 36},
    }
    spec["layout"]["xaxis"]["ticktext"] = tick_labels(chart, PANEL_TICKS)
    return spec


def clicked(chart: Chart, spots: Iterable[Mapping[str, Any]]) -> list[Point]:
    """Return the points that were clicked: a spot names its area, or is a point of a series.

    A spot of the figure before, which the chart no longer has, is none.
    """
    areas = {point.category: point for point in chart.points}
    places = {(s, n): p for s, of in enumerate(chart.series) for n, p in enumerate(of.points)}
    found = (
        areas.get(spot["customdata"])
        if "customdata" in spot
        else places.get((spot["curve_number"], spot["point_index"]))
        for spot in spots
    )
    return [point for point in found if point]
