"""Marks on the points of a native chart: hollow, diamond, cross; never by colour alone."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts import beside
from dashboard.exports.pptx.typeface import typeface

if TYPE_CHECKING:
    from dashboard.charts import Chart

MARKERS = {
    "provisional": XL_MARKER_STYLE.CIRCLE,
    "inexact": XL_MARKER_STYLE.DIAMOND,
    "conflict": XL_MARKER_STYLE.X,
}
PATTERNS = {
    "provisional": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "inexact": MSO_PATTERN.PERCENT_50,
    "conflict": MSO_PATTERN.LARGE_CONFETTI,
}
WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def mark_points(native: Any, chart: Chart, size: int) -> None:
    """Mark every point that is not a final, exact, uncontradicted value, and label it."""
    keys = [key for key, _ in chart.categories]
    first: Any = None  # label: to copy it takes a quarter of making another
    for drawn, series in zip(native.plots[0].series, chart.series, strict=True):
        colour = RGBColor.from_string(series.colour.lstrip("#"))
        for point in series.points:
            labelled = chart.kind == "ranking" or point.mark in ("inexact", "conflict")
            if point.value is None or not (labelled or point.mark in PATTERNS):
                continue
            n = keys.index(point.category)
            spot = drawn.points[n]
            if labelled and first is None:
                _label(spot, beside(point, chart.kind), chart.kind, size)
                first = spot.data_label._dLbl
            elif labelled:
                _label_like(first, drawn, n, beside(point, chart.kind))
            if point.mark in MARKERS and chart.kind == "lines":
                _marker(spot, point.mark, colour)
            elif point.mark in PATTERNS:
                spot.format.fill.patterned()
                spot.format.fill.pattern = PATTERNS[point.mark]
                spot.format.fill.fore_color.rgb = colour
                spot.format.fill.back_color.rgb = WHITE


def _marker(spot: Any, mark: str, colour: RGBColor) -> None:
    spot.marker.style = MARKERS[mark]
    spot.marker.size = 9
    spot.marker.format.fill.solid()
    spot.marker.format.fill.fore_color.rgb = WHITE
    spot.marker.format.line.color.rgb = colour


def _label_like(first: Any, drawn: Any, n: int, text: str) -> None:
    """Label the ``n``-th point of a series as the first labelled point of its chart is."""
    label = drawn._element.get_or_add_dLbls().get_or_add_dLbl_for_point(n)
    label[:] = deepcopy(first)[:]
    label.find(qn("c:idx")).set("val", str(n))
    next(label.iter(qn("a:r"))).text = text


def _label(spot: Any, text: str, kind: str, size: int) -> None:
    frame = spot.data_label.text_frame
    frame.word_wrap = False
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(size)
    typeface(run)
    ends = kind in ("ranking", "bars")
    spot.data_label.position = (
        XL_LABEL_POSITION.OUTSIDE_END
        if ends
        else XL_LABEL_POSITION.CENTER
        if kind == "stacked"
        else XL_LABEL_POSITION.ABOVE
    )
