"""Native charts of a slide, which stay editable: their workbook, axes, colours, gaps."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard.charts import beside, panels
from dashboard.exports.pptx.axes import number_axes
from dashboard.exports.pptx.boxes import POINTS, grid
from dashboard.exports.pptx.markers import add_markers
from dashboard.exports.pptx.marks import mark_points
from dashboard.exports.pptx.typeface import chart_typeface, typeface
from dashboard.exports.pptx.workbook import Data
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.exports.pptx.boxes import Box

TYPES = {
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "bars": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "ranking": XL_CHART_TYPE.BAR_CLUSTERED,
}
SIZE, SMALL = 12, 9  # points of text in a chart, and in one of several
WHOLE = 10  # from such values on, an axis is numbered without decimals
MOST_LABELS = 4
LARGE = 2.6  # inches: lower charts have small type


def add_charts(slide: Any, chart: Chart, box: Box, name: str) -> None:
    """Add a chart, or its panels in a grid that fills the box: chart-1-1, chart-1-2, …."""
    parts = panels(chart)
    if len(parts) == 1:
        _add_chart(slide, parts[0], box, type_size(box), name)
        return
    for n, (part, place) in enumerate(zip(parts, grid(box, len(parts)), strict=True), start=1):
        native = _add_chart(slide, part, place, SMALL, f"{name}-{n}")
        _thin(native, len(part.categories))
        native.has_title = True
        native.chart_title.include_in_layout = False
        native.chart_title.text_frame.text = " ".join(part.title.split())
        for run in native.chart_title.text_frame.paragraphs[0].runs:  # none of an empty name
            run.font.size, run.font.bold = Pt(SMALL + 1), True
            typeface(run)


def type_size(box: Box) -> int:
    """Return the size of a chart's type in points, small in a low box."""
    return SIZE if box.height >= LARGE else SMALL


def _add_chart(slide: Any, chart: Chart, box: Box, size: int, name: str) -> Any:
    place = [Inches(n) for n in box]
    frame = slide.shapes.add_chart(TYPES[chart.kind], *place, _data(chart, size))
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    native = frame.chart
    number_axes(native)
    native.has_title = False
    native.has_legend = len(chart.series) > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.BOTTOM
        native.legend.include_in_layout = False
    if chart.kind == "ranking":
        native.category_axis.reverse_order = True
        native.value_axis.visible = False
        native.value_axis.has_major_gridlines = False
        native.plots[0].gap_width = 45
    if chart.kind == "stacked":
        native.plots[0].gap_width, native.plots[0].overlap = 60, 100
    _colour(native, chart)
    mark_points(native, chart, size - 1)
    add_markers(native, chart, box)
    _leave_gaps(native)
    _scale(native.value_axis, chart, box.width, size)
    chart_typeface(native, size)
    return native


def _scale(axis: Any, chart: Chart, width: float, size: int) -> None:
    """Say where the value axis begins and ends, and how its numbers are written."""
    values = [abs(p.value) for p in chart.points if p.value is not None]
    whole = max(values, default=0.0) >= WHOLE
    axis.tick_labels.number_format = "#,##0" if whole else _format(chart)
    axis.tick_labels.number_format_is_linked = False
    if chart.kind != "ranking":
        axis.major_gridlines.format.line.color.rgb = RGBColor(0xE2, 0xE5, 0xE9)
    if chart.limits:
        axis.minimum_scale, axis.maximum_scale = chart.limits
    elif all(p.value is None or p.value >= 0 for p in chart.points):
        axis.minimum_scale = 0  # PowerPoint would start bars of 40 and 42 at 38
        if chart.kind == "ranking" and any(values):
            axis.maximum_scale = max(values) * _room(chart, width, size)


def _room(chart: Chart, width: float, size: int) -> float:
    """Return how much longer than its longest bar a ranking is, so that its label has room."""
    names = max(width_of(label, size) for _, label in chart.categories)
    label = max(width_of(beside(p, chart.kind), size) for p in chart.points) + size
    plot = width * POINTS - names - 2 * size
    return plot / max(plot - label, plot / 3)


def _thin(native: Any, n: int) -> None:
    """Write only some of many periods under a small chart's axis."""
    every = 1 if n <= MOST_LABELS else ceil(n / (MOST_LABELS - 1))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = native.category_axis._element.makeelement(qn(tag), {"val": str(every)})
        native.category_axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _data(chart: Chart, size: int) -> Data:
    """Fill the chart's workbook; a missing value is an empty cell."""
    data = Data(_format(chart))
    data.categories = _labels(chart, size)
    for series in chart.series:
        by_category = {p.category: p.value for p in series.points}
        data.add(series.name, [by_category.get(key) for key, _ in chart.categories])
    return data


def _labels(chart: Chart, size: int) -> list[str]:
    """Return what stands under the axis; of many periods in a small chart each with its year."""
    labels = [label.split("<br>") for _, label in chart.categories]
    if size > SMALL or len(labels) <= MOST_LABELS or chart.kind == "ranking":
        return [" ".join(label) for label in labels]
    years = [key[:4] if key[:1] != "-" and key[4:] else "" for key, _ in chart.categories]
    return [f"{short} {year}".strip() for year, (short, *_) in zip(years, labels, strict=True)]


def _format(chart: Chart) -> str:
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def _colour(native: Any, chart: Chart) -> None:
    for drawn, series in zip(native.plots[0].series, chart.series, strict=True):
        colour = RGBColor.from_string(series.colour.lstrip("#"))
        if chart.kind != "lines":
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = colour
            continue
        drawn.smooth = False
        drawn.format.line.color.rgb = colour
        drawn.format.line.width = Pt(2.25)
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 7
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour


def _leave_gaps(native: Any) -> None:
    """Have PowerPoint break the line at an empty cell; never draw it as a nought."""
    chart = native._chartSpace.chart
    blanks = chart.find("{*}dispBlanksAs")
    if blanks is None:
        blanks = chart.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/chart}dispBlanksAs"
        )
        chart.append(blanks)
    blanks.set("val", "gap")
