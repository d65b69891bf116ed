"""A waterfall on a slide: native stacked bars whose first part cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Inches, Pt

from dashboard.charts.waterfall import COLOURS, axis_start, bars
from dashboard.exports.pptx.axes import number_axes
from dashboard.exports.pptx.marks import PATTERNS, WHITE
from dashboard.exports.pptx.native import WHOLE, type_size
from dashboard.exports.pptx.typeface import chart_typeface, typeface
from dashboard.exports.pptx.workbook import Data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Chart
    from dashboard.charts.waterfall import Bar
    from dashboard.exports.pptx.boxes import Box

ROOM = 0.2  # of the axis, behind the longest bar, for what is written there


def add_waterfall(slide: Any, chart: Chart, box: Box, name: str) -> None:
    """Add four stacked series: up to the bar, the bar, what of it lies below nought, its text."""
    placed = {b.point.category: b for b in bars(chart)}
    keys = [key for key, _ in chart.categories]
    start = axis_start(chart.points)
    ends = [end for b in placed.values() for end in (b.start, b.end)]
    longest = max(ends, default=1.0)
    room = ROOM * ((longest - min(start or 0.0, *ends, 0.0) if not start else longest - start) or 1)
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, *(Inches(n) for n in box), _data(chart, placed, keys, room)
    )
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    native = frame.chart
    number_axes(native)
    native.has_title = native.has_legend = False
    native.category_axis.reverse_order = True
    native.plots[0].gap_width, native.plots[0].overlap = 45, 100
    axis = native.value_axis
    axis.maximum_scale = longest + room
    if start:
        axis.minimum_scale = start
    axis.tick_labels.number_format = "#,##0" if longest - start >= WHOLE else _format(chart)
    axis.tick_labels.number_format_is_linked = False
    axis.major_gridlines.format.line.color.rgb = RGBColor(0xE2, 0xE5, 0xE9)
    hidden, drawn, below, written = native.plots[0].series
    for series in (hidden, written):
        series.format.fill.background()
    for place, point in enumerate(chart.points):
        bar = placed.get(point.category)
        if bar:
            _fill(drawn.points[place], bar)
            _fill(below.points[place], bar)
        _write(written.points[place], point.short, type_size(box) - 1)
    chart_typeface(native, type_size(box))


def _data(chart: Chart, placed: dict[str, Bar], keys: Sequence[str], room: float) -> Data:
    """Divide each bar into what stacks upwards from nought and what stacks downwards."""
    data = Data(_format(chart))
    data.categories = [label for _, label in chart.categories]
    columns: list[tuple[float | None, ...]] = []
    for key in keys:
        bar = placed.get(key)
        if bar is None:
            columns.append((axis_start(chart.points) or None, None, None, room))
            continue
        low, high = sorted((bar.start, bar.end))
        hidden = low if low > 0 else min(high, 0.0)
        columns.append((hidden, max(high, 0.0) - max(low, 0.0), min(low, 0.0) - min(high, 0.0),
                        room))  # fmt: skip
    names = ("", chart.series[0].name, f"{chart.series[0].name} < 0", " ")
    for name, column in zip(names, zip(*columns, strict=True), strict=True):
        data.add(name, column)
    return data


def _format(chart: Chart) -> str:
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def _fill(spot: Any, bar: Bar) -> None:
    colour = RGBColor.from_string(COLOURS[bar.role].lstrip("#"))
    fill = spot.format.fill
    if bar.point.mark in PATTERNS:
        fill.patterned()
        fill.pattern = PATTERNS[bar.point.mark]
        fill.fore_color.rgb, fill.back_color.rgb = colour, WHITE
    else:
        fill.solid()
        fill.fore_color.rgb = colour


def _write(spot: Any, text: str, size: int) -> None:
    frame = spot.data_label.text_frame
    frame.word_wrap = False
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(size)
    typeface(run)
    spot.data_label.position = XL_LABEL_POSITION.INSIDE_BASE
