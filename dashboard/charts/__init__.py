"""Describes charts once; the screen, the slide and the sheet each draw the same description."""

from dashboard.charts.area_map import area_map
from dashboard.charts.chart import (
    Chart,
    Mark,
    Marker,
    Panel,
    Point,
    Provenance,
    Series,
    beside,
    in_cell,
    mark_of,
    with_sign,
)
from dashboard.charts.county import Dossier, county
from dashboard.charts.heat_map import heat_map
from dashboard.charts.listing import listing
from dashboard.charts.markers import signs
from dashboard.charts.panels import panels
from dashboard.charts.pivot import pivot
from dashboard.charts.points import point_of
from dashboard.charts.progress import profile, progress_table
from dashboard.charts.provenance import footer_of, named, provenance_of
from dashboard.charts.ranking import ranking
from dashboard.charts.ranking_table import ranking_table
from dashboard.charts.sparkline import sparkline
from dashboard.charts.stacked import against_budget, stacked
from dashboard.charts.tiles import done, tiles
from dashboard.charts.topics import job_steps, paired, visits
from dashboard.charts.trend import trend
from dashboard.charts.waterfall import waterfall

__all__ = [
    "Chart",
    "Dossier",
    "Mark",
    "Marker",
    "Panel",
    "Point",
    "Provenance",
    "Series",
    "against_budget",
    "area_map",
    "beside",
    "county",
    "done",
    "footer_of",
    "heat_map",
    "in_cell",
    "job_steps",
    "listing",
    "mark_of",
    "named",
    "paired",
    "panels",
    "pivot",
    "point_of",
    "profile",
    "progress_table",
    "provenance_of",
    "ranking",
    "ranking_table",
    "signs",
    "sparkline",
    "stacked",
    "tiles",
    "trend",
    "visits",
    "waterfall",
    "with_sign",
]
