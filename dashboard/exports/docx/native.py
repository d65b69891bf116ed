"""Native charts in a document, each with its workbook: the same that a slide has."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.charts import panels
from dashboard.exports.docx.text import clean
from dashboard.exports.pptx.boxes import Box
from dashboard.exports.pptx.markers import KIND as MARKERS
from dashboard.exports.pptx.markers import RELATION as MARKED
from dashboard.exports.pptx.markers import markers_of
from dashboard.exports.pptx.native import add_charts
from dashboard.exports.pptx.waterfall import add_waterfall

if TYPE_CHECKING:
    from dashboard.charts import Chart

HANDS = {
    "lines": add_charts, "bars": add_charts, "stacked": add_charts, "ranking": add_charts,
    "waterfall": add_waterfall,
}  # fmt: skip
EMU = 914400  # an inch
BLANK = 6  # the layout of a slide without placeholders
BAR, LEAST, MOST, USUAL = 0.3, 1.6, 7.6, 3.1  # inches: a bar with its gap, heights of a chart
ROW = 2.2  # inches of a row of small charts
LEGEND = 0.12  # inches for each further name below a chart
ROOM = 0.98  # of the width of the text, so that the last of several charts stays in its line
INLINE = """
<w:drawing {ns}><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name={name} descr={alt}/>
<wp:cNvGraphicFramePr/><a:graphic><a:graphicData
uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>
"""
FRAMELESS = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a slide has it: its XML, its workbook, its name, and its size in EMU."""

    part: Any
    name: str
    width: int
    height: int
    alt: str


def is_native(chart: Chart) -> bool:
    """Whether Word can draw a chart itself; everything else is a table."""
    return chart.kind in HANDS and any(p.value is not None for p in chart.points)


def add_native(document: Any, paragraph: Any, chart: Chart, name: str, width: int) -> None:
    """Add a chart, or its panels one after the other, to a paragraph."""
    for drawn in _drawn(chart, width / EMU, name):
        relation = document.part.relate_to(_chart_part(document, drawn), RELATIONSHIP_TYPE.CHART)
        inline = INLINE.format(
            ns=nsdecls("w", "wp", "a", "c", "r"), width=drawn.width, height=drawn.height,
            number=_next_number(document), name=quoteattr(drawn.name),
            alt=quoteattr(clean(drawn.alt)), relation=relation,
        )  # fmt: skip
        paragraph.add_run()._r.append(parse_xml(inline))


def _drawn(chart: Chart, width: float, name: str) -> list[Drawn]:
    """Have a slide's hand draw the chart, and return what it drew."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    HANDS[chart.kind](slide, chart, Box(0.0, 0.0, ROOM * width, _height(chart)), name)
    return [
        Drawn(
            shape.chart.part,
            shape.name,
            shape.width,
            shape.height,
            shape._element.nvGraphicFramePr.cNvPr.get("descr", ""),
        )  # fmt: skip
        for shape in slide.shapes
        if shape.has_chart
    ]


def _height(chart: Chart) -> float:
    if chart.kind in ("ranking", "waterfall"):
        return min(MOST, max(LEAST, BAR * len(chart.categories) + 0.4))
    legend = LEGEND * max(0, len({series.name for series in chart.series}) - 2)
    n = len(panels(chart))
    rows = ceil(n / ceil(sqrt(n)))
    return min(MOST, max(USUAL, ROW * rows) + legend)


def _chart_part(document: Any, drawn: Drawn) -> Part:
    """Make a part of the document of a slide's chart, and one of its workbook."""
    package = document.part.package
    number = sum(p.partname.startswith("/word/charts/") for p in package.iter_parts()) + 1
    workbook = Part(
        PackURI(f"/word/embeddings/workbook{number}.xlsx"), CONTENT_TYPE.SML_SHEET,
        drawn.part.chart_workbook.xlsx_part.blob, package,
    )  # fmt: skip
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    space = drawn.part._element
    relation = chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    space.find(qn("c:externalData")).set(qn("r:id"), relation)
    space.find(qn("c:chart")).addnext(parse_xml(FRAMELESS))
    if shapes := markers_of(drawn.part):
        name = PackURI(f"/word/drawings/drawing{number}.xml")
        own = Part(name, MARKERS, shapes.encode("utf-8"), package)
        space.find(qn("c:userShapes")).set(qn("r:id"), chart.relate_to(own, MARKED))
    chart._blob = drawn.part.blob
    return chart


def _next_number(document: Any) -> int:
    return len(document.element.body.xpath(".//wp:docPr")) + 1
