"""A chart on one slide: native and editable, with its workbook, unit, notes, source and vintage."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.util import Inches, Pt

from dashboard.exports.marks import mark_points
from dashboard.exports.table import add_table
from dashboard.exports.typeface import chart_typeface, typeface

if TYPE_CHECKING:
    from dashboard.charts import Chart

TYPES = {
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "bars": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "ranking": XL_CHART_TYPE.BAR_CLUSTERED,
}
GREY = RGBColor(0x6B, 0x72, 0x80)
INK = RGBColor(0x1F, 0x23, 0x28)
RED = RGBColor(0xB5, 0x34, 0x2B)
BLANK = 6  # the layout without placeholders


def to_pptx(chart: Chart) -> bytes:
    """Write a 16 : 9 slide; a heat map becomes a native table, everything else a native chart."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(slide, chart.title, (0.6, 0.4, 12.1, 0.9), 26, INK, bold=True)
    _text(slide, _subtitle(chart), (0.6, 1.2, 12.1, 0.4), 14, RED if _badge(chart) else GREY)
    if chart.kind == "heat_map":
        add_table(slide, chart, (0.6, 1.75, 12.1, 4.6))
    else:
        _add_chart(slide, chart, (0.6, 1.7, 12.1, 4.7))
    _text(slide, "\n".join(_foot(chart)), (0.6, 6.45, 12.1, 0.9), 11, GREY)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _badge(chart: Chart) -> str:
    return chart.provenance.badge


def _subtitle(chart: Chart) -> str:
    parts = [_badge(chart), chart.unit_line, _period(chart)]
    return "　".join(part for part in parts if part)


def _period(chart: Chart) -> str:
    """Return the periods that the points cover: the first, or from first to last."""
    periods = list(dict.fromkeys(p.period for p in chart.points))
    return (
        "" if not periods else periods[0] if len(periods) == 1 else f"{periods[0]} – {periods[-1]}"
    )


def _foot(chart: Chart) -> list[str]:
    coverage = next((p.coverage for p in reversed(chart.points) if p.coverage), "")
    notes = "　".join(note for note in (*chart.notes, coverage) if note)
    return [line for line in (notes, chart.provenance.source, chart.provenance.footer) if line]


def _text(
    slide: Any,
    text: str,
    box: tuple[float, float, float, float],
    size: int,
    colour: RGBColor,
    *,
    bold: bool = False,
) -> None:
    frame = slide.shapes.add_textbox(*(Inches(n) for n in box)).text_frame
    frame.word_wrap = True
    for n, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        typeface(run)


def _add_chart(slide: Any, chart: Chart, box: tuple[float, float, float, float]) -> None:
    place = [Inches(n) for n in box]
    frame = slide.shapes.add_chart(TYPES[chart.kind], *place, _data(chart))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    native = frame.chart
    native.has_title = False
    native.has_legend = len(chart.series) > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.BOTTOM
        native.legend.include_in_layout = False
    native.value_axis.tick_labels.number_format = _format(chart)
    native.value_axis.tick_labels.number_format_is_linked = False
    native.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xE2, 0xE5, 0xE9)
    if chart.kind == "ranking":
        native.category_axis.reverse_order = True
        native.value_axis.visible = False
        native.value_axis.has_major_gridlines = False
        native.plots[0].gap_width = 45
    _colour(native, chart)
    mark_points(native, chart)
    _leave_gaps(native)
    chart_typeface(native, 12)


def _data(chart: Chart) -> CategoryChartData:
    """Fill the chart's workbook; a missing value is an empty cell."""
    data = CategoryChartData(number_format=_format(chart))
    data.categories = [label.replace("<br>", " ") for _, label in chart.categories]
    for series in chart.series:
        by_category = {p.category: p.value for p in series.points}
        data.add_series(series.name, [by_category.get(key) for key, _ in chart.categories])
    return data


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
