"""Dotted lines on a slide where something happened: shapes over a chart whose plot stays put."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.charts import signs
from dashboard.exports.pptx.typeface import typeface

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.exports.pptx.boxes import Box

WIDE = 6.0  # inches; narrower frames are one of several, with smaller type
GREY = RGBColor(0x6B, 0x72, 0x80)
LAYOUT = """
<c:layout {}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>
<c:yMode val="edge"/><c:x val="{}"/><c:y val="{}"/><c:w val="{}"/><c:h val="{}"/>
</c:manualLayout></c:layout>
"""


def add_markers(slide: Any, native: Any, chart: Chart, box: Box) -> None:
    """Draw a line and its numbers at each category where something happened.

    The plot is given its place, which the program that shows it would else choose: so the lines
    stand where the categories are.
    """
    keys = [key for key, _ in chart.categories]
    at = [key for key in keys if signs(chart, key)]
    if not at:
        return
    area = native._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    left, top, width, height = box
    x, y, w, h = _plot(chart, width, height)
    shares = (x / width, y / height, w / width, h / height)
    area.insert(0, parse_xml(LAYOUT.format(nsdecls("c"), *shares)))
    for key in at:
        place = left + x + w * (keys.index(key) + 0.5) / len(keys)
        _line(slide, place, top + y, top + y + h)
        _sign(slide, signs(chart, key), place, top + y)


def _plot(chart: Chart, width: float, height: float) -> tuple[float, float, float, float]:
    """Return the place of the plot in its frame, in inches: room for axes, title and legend."""
    left, above, below = (1.0, 0.42, 0.8) if width > WIDE else (0.6, 0.6, 0.45)
    below += 0.3 if len(chart.series) > 1 else 0.0
    return left, above, width - left - 0.1, height - above - below


def _line(slide: Any, x: float, top: float, bottom: float) -> None:
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Inches(x), Inches(top), Inches(x), Inches(bottom)
    ).line
    line.dash_style, line.width, line.color.rgb = MSO_LINE.ROUND_DOT, Pt(1.25), GREY


def _sign(slide: Any, text: str, x: float, bottom: float) -> None:
    box = slide.shapes.add_textbox(Inches(x - 0.3), Inches(bottom - 0.32), Inches(0.6), Inches(0.3))
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = text, Pt(11), GREY
    typeface(run)
