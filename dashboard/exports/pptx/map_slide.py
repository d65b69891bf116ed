"""A map on a slide: native shapes in one group, which can be moved, recoloured and written on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.charts.area_map import BLANK, HATCHED
from dashboard.exports.pptx.typeface import typeface
from dashboard.exports.svg.map_labels import LEADING, ground_of, placed
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.boundaries.read import Ring
    from dashboard.charts import Chart
    from dashboard.exports.pptx.boxes import Box
    from dashboard.exports.svg.map_labels import Placed

INK, WHITE = RGBColor(0x1F, 0x23, 0x28), RGBColor(0xFF, 0xFF, 0xFF)
GREY = RGBColor(0x8A, 0x8F, 0x98)
SIZE, POINTS = 11, 72  # points of text, and in an inch
LEGEND, SHARE = 2.4, 0.28  # inches at the left, and of the width at most
FINE = 100  # steps of a unit of the ground


def add_map(slide: Any, chart: Chart, box: Box, name: str) -> None:
    """Add a shape an area, its name and value on it, and the legend at its left."""
    ground = ground_of(chart)
    left, top, width, height = box
    legend = min(LEGEND, SHARE * width)
    inside = width - legend
    high = ground.height - ground.low
    scale = min(inside / (ground.width or 1.0), height / (high or 1.0))  # inches a unit
    west = left + legend + (inside - ground.width * scale) / 2
    north = top + (height - high * scale) / 2
    group = slide.shapes.add_group_shape()
    group.name = name
    group._element.nvGrpSpPr.cNvPr.set("descr", chart.alt)
    areas = placed(chart, scale * POINTS, SIZE)
    for area in areas:
        shape = _outline(group, area.region.rings, ground.height, (west, north, scale))
        shape.name = area.point.area
        _fill(shape, area.filling)
    for line in ground.lines:
        _outline(group, (line,), ground.height, (west, north, scale), close=False)
    for area in areas:
        x = west + area.region.centre[0] * scale
        y = north + (ground.height - area.region.centre[1]) * scale
        _label(group, area, x, y)
    _legend(group, chart, left, top + height, legend)


def _outline(
    group: Any,
    rings: Sequence[Ring],
    height: float,
    place: tuple[float, float, float],
    *,
    close: bool = True,
) -> Any:
    """Add a freeform of some rings; y grows downwards on a slide."""
    west, north, scale = place
    flat = [[(round(x * FINE), round((height - y) * FINE)) for x, y in ring] for ring in rings]
    builder = group.shapes.build_freeform(*flat[0][0], scale=Inches(scale) / FINE)
    builder.add_line_segments(flat[0][1:], close=close)
    for ring in flat[1:]:
        builder.move_to(*ring[0])
        builder.add_line_segments(ring[1:], close=close)
    shape = builder.convert_to_shape(Inches(west), Inches(north))
    _plain(shape)
    shape.line.width = Pt(0.75)
    shape.line.color.rgb = WHITE if close else GREY
    if not close:
        shape.fill.background()
    return shape


def _plain(shape: Any) -> None:
    """Take the theme's style from a shape, and with it a shadow that would blur borders."""
    shape._element.remove(shape._element.find(qn("p:style")))


def _fill(shape: Any, filling: str) -> None:
    if filling == HATCHED:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = GREY, WHITE
    elif filling == BLANK:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(filling.lstrip("#"))
    if filling in (HATCHED, BLANK):
        shape.line.color.rgb = GREY


def _label(group: Any, area: Placed, x: float, y: float) -> None:
    if not area.lines:
        return
    wide = max(width_of(line, SIZE) for line in area.lines) / POINTS + 0.2
    high = len(area.lines) * SIZE * LEADING / POINTS
    colour = WHITE if area.on_dark else INK
    box = (Inches(x - wide / 2), Inches(y - high / 2), Inches(wide), Inches(high))
    _text(group.shapes.add_textbox(*box).text_frame, area.lines, colour, PP_ALIGN.CENTER)


def _legend(group: Any, chart: Chart, left: float, bottom: float, width: float) -> None:
    """Add a square and a name a class, the lowest class at the top, up from the lower edge."""
    for n, series in enumerate(chart.series):
        y = bottom - (len(chart.series) - n) * 0.32
        key = group.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Inches(left), Inches(y), Inches(0.3), Inches(0.2)
        )
        _plain(key)
        key.line.width, key.line.color.rgb = Pt(0.75), GREY
        _fill(key, series.colour)
        box = (Inches(left + 0.4), Inches(y), Inches(width - 0.4), Inches(0.2))
        _text(group.shapes.add_textbox(*box).text_frame, (series.name,), INK, PP_ALIGN.LEFT)


def _text(frame: Any, lines: Sequence[str], colour: RGBColor, align: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.word_wrap = align == PP_ALIGN.LEFT  # what is centred may be wider than its box
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.color.rgb = Pt(SIZE), colour
        typeface(run)
