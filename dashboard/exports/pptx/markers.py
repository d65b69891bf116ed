"""Dotted lines where something happened: shapes within a chart, which move and grow with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.charts import signs
from dashboard.exports.pptx.typeface import FACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.charts import Chart
    from dashboard.exports.pptx.boxes import Box

WIDE = 6.0  # inches; narrower frames are one of several, with smaller type
GREY = "6B7280"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
KIND = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
NAME = "/ppt/drawings/drawing%d.xml"
LAYOUT = """
<c:layout {}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>
<c:yMode val="edge"/><c:x val="{}"/><c:y val="{}"/><c:w val="{}"/><c:h val="{}"/>
</c:manualLayout></c:layout>
"""
DRAWN = 'xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"'
ANCHOR = """<cdr:relSizeAnchor><cdr:from><cdr:x>{:.5f}</cdr:x><cdr:y>{:.5f}</cdr:y></cdr:from>\
<cdr:to><cdr:x>{:.5f}</cdr:x><cdr:y>{:.5f}</cdr:y></cdr:to>{}</cdr:relSizeAnchor>"""
PLACE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
LINE = """<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="{id}" name="line {id}"/>\
<cdr:cNvCxnSpPr/></cdr:nvCxnSpPr><cdr:spPr>{place}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>\
<a:ln w="15875"><a:solidFill><a:srgbClr val="{grey}"/></a:solidFill><a:prstDash val="sysDot"/>\
</a:ln></cdr:spPr></cdr:cxnSp>"""
SIGN = """<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="{id}" name="sign {id}"/>\
<cdr:cNvSpPr txBox="1"/></cdr:nvSpPr><cdr:spPr>{place}<a:prstGeom prst="rect"><a:avLst/>\
</a:prstGeom><a:noFill/></cdr:spPr><cdr:txBody><a:bodyPr wrap="none" lIns="0" rIns="0" tIns="0" \
bIns="0" anchor="b"/><a:lstStyle/><a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="zh-CN" sz="1100">\
<a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>{faces}</a:rPr><a:t>{text}</a:t></a:r></a:p>\
</cdr:txBody></cdr:sp>"""


def add_markers(native: Any, chart: Chart, box: Box) -> None:
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
    x, y, w, h = _plot(chart, box)
    area.insert(0, parse_xml(LAYOUT.format(nsdecls("c"), x, y, w, h)))
    places = {key: x + w * (keys.index(key) + 0.5) / len(keys) for key in at}
    shapes = "".join(_shapes({signs(chart, key): place for key, place in places.items()}, y, h))
    put_markers(native.part, f"<c:userShapes {nsdecls('c', 'a')} {DRAWN}>{shapes}</c:userShapes>")


def _plot(chart: Chart, box: Box) -> tuple[float, float, float, float]:
    """Return the place of the plot in its frame, as shares: room for axes, title and legend."""
    _, _, width, height = box
    left, above, below = (1.0, 0.42, 0.8) if width > WIDE else (0.6, 0.6, 0.45)
    below += 0.3 if len(chart.series) > 1 else 0.0
    inside = width - left - 0.1, height - above - below
    return left / width, above / height, inside[0] / width, inside[1] / height


def _shapes(places: dict[str, float], top: float, height: float) -> Iterator[str]:
    for n, (text, x) in enumerate(places.items()):
        line = LINE.format(id=2 * n + 2, place=PLACE, grey=GREY)
        yield ANCHOR.format(x, top, x, top + height, line)
        sign = SIGN.format(id=2 * n + 3, place=PLACE, grey=GREY, faces=FACES, text=escape(text))
        yield ANCHOR.format(x - 0.03, max(top - 0.07, 0.0), x + 0.03, top, sign)


def markers_of(part: Any) -> str:
    """Return the shapes within a chart, "" where there are none."""
    found = [rel.target_part for rel in part.rels.values() if rel.reltype == RELATION]
    return found[0].blob.decode("utf-8") if found else ""


def put_markers(part: Any, shapes: str) -> None:
    """Give a chart some shapes of its own in place of those it has, or none."""
    space = part._element
    for old in space.findall(qn("c:userShapes")):
        part.drop_rel(old.get(qn("r:id")))
        space.remove(old)
    if shapes:
        name = part.package.next_partname(NAME)
        relation = part.relate_to(Part(name, KIND, part.package, shapes.encode("utf-8")), RELATION)
        attributes = {qn("r:id"): relation}
        space.append(space.makeelement(qn("c:userShapes"), attributes))
