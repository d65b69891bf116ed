"""A heat map on a slide: a native table whose cells are shaded by value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from dashboard.charts import in_cell
from dashboard.charts.chart import SEQUENCE
from dashboard.exports.pptx.typeface import typeface

if TYPE_CHECKING:
    from dashboard.charts import Chart

INK, PAPER = RGBColor(0x1F, 0x23, 0x28), RGBColor(0xFF, 0xFF, 0xFF)


def add_table(slide: Any, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """Add a row a county and a column a period; a gap says why it is one and has no shade."""
    frame = slide.shapes.add_table(
        len(chart.series) + 1, len(chart.categories) + 1, *(Inches(n) for n in box)
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    table = frame.table
    for column, (_, label) in enumerate(chart.categories, start=1):
        _fill(table.cell(0, column), label.replace("<br>", " "), None)
    _fill(table.cell(0, 0), "", None)
    for row, series in enumerate(chart.series, start=1):
        _fill(table.cell(row, 0), series.name, None)
        for column, point in enumerate(series.points, start=1):
            _fill(table.cell(row, column), in_cell(point), _step(chart, point.value))


def _step(chart: Chart, value: float | None) -> int | None:
    """Return the shade of a heat map's cell; a pivot's indicators have nothing to compare."""
    if chart.kind != "heat_map":
        return None
    known = [p.value for p in chart.points if p.value is not None]
    return shade(value, min(known), max(known)) if known else None


def shade(value: float | None, low: float, high: float) -> int | None:
    """Return which step of the colour scale a value takes; None for a gap."""
    if value is None:
        return None
    spread = (high - low) or 1.0
    return round((value - low) / spread * (len(SEQUENCE) - 1))


def _fill(cell: Any, text: str, step: int | None) -> None:
    cell.fill.solid()
    background = PAPER if step is None else RGBColor.from_string(SEQUENCE[step].lstrip("#"))
    cell.fill.fore_color.rgb = background
    cell.margin_left = cell.margin_right = Inches(0.04)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(10), False
    run.font.color.rgb = PAPER if step is not None and step >= 3 else INK
    typeface(run)
