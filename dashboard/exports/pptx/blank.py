"""Our own template, built from python-pptx's: three layouts, a red line under the title."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from dashboard.exports.pptx.boxes import EMU, Box
from dashboard.exports.pptx.package import packed
from dashboard.exports.pptx.text import INK, NAMESPACES
from dashboard.exports.pptx.typeface import EAST_ASIAN, LATIN

SIZES = {"16x9": (13.333, 7.5), "4x3": (10.0, 7.5)}  # inches
LAYOUTS = ("封面 Cover", "内容 Content", "文字 Text")  # python-pptx's first, second and third
COLOURS = ("B5342B", "0E8388", "C08A1E", "4A7AB5", "8B5A9F", "6B7280")  # dashboard.charts' own
SIDE, TOP, TITLE, BODY = 0.6, 0.2, 1.1, 5.9
NEEDLESS = ("thumbnail", "extended-properties", "printerSettings")
LINE = """<p:cxnSp {ns}><p:nvCxnSpPr><p:cNvPr id="90" name="line"/><p:cNvCxnSpPr/><p:nvPr \
userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="0"/>\
</a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="19050"><a:solidFill>\
<a:schemeClr val="accent1"/></a:solidFill></a:ln></p:spPr></p:cxnSp>"""


@cache
def blank(size: str) -> bytes:
    """Return the template in a size, 16x9 or 4x3."""
    presentation = Presentation()
    width, height = SIZES[size]
    presentation.slide_width = Inches(width)
    presentation.slide_height = Inches(height)
    _keep(presentation)
    cover, content, text = presentation.slide_layouts
    inside = width - 2 * SIDE
    _place(presentation.slide_master, Box(SIDE, TOP, inside, TITLE), inside)
    _place(cover, Box(SIDE, 2.0, inside, 1.6), inside, Box(SIDE, 3.85, inside, 1.3))
    for layout, y in ((cover, 3.7), (content, TOP + TITLE), (text, TOP + TITLE)):
        _line(layout, Box(SIDE, y, inside, 0))
    number = Box(width - SIDE - 1, height - 0.33, 1, 0.28)
    for layout in (presentation.slide_master, cover, content, text):
        _number(layout, number)
    _type(presentation.slide_master, cover)
    _theme(presentation.slide_master)
    return packed(presentation.part.package)


def _keep(presentation: Any) -> None:
    """Keep three of python-pptx's eleven layouts; the third becomes one like the second."""
    layouts = list(presentation.slide_layouts)
    for layout in layouts[len(LAYOUTS) :]:
        presentation.slide_layouts.remove(layout)
    _, content, text = (layout._element for layout in layouts[: len(LAYOUTS)])
    text.replace(text.cSld, deepcopy(content.cSld))
    text.set("type", content.get("type"))
    for layout, name in zip(layouts, LAYOUTS, strict=False):
        layout._element.cSld.set("name", name)
    for rels in (presentation.part.package._rels, presentation.part.rels):
        for number, rel in list(rels.items()):
            if rel.reltype.rsplit("/", 1)[-1] in NEEDLESS:
                rels.pop(number)


def _place(layout: Any, title: Box, inside: float, body: Box | None = None) -> None:
    """Give a layout's title and body their places; what has none inherits the master's."""
    body = body or Box(SIDE, TOP + TITLE + 0.05, inside, BODY)
    for shape, box in zip(list(layout.placeholders)[:2], (title, body), strict=True):
        shape.left, shape.top, shape.width, shape.height = (round(n * EMU) for n in box)


def _number(layout: Any, box: Box) -> None:
    """Keep the number of the slide, at the lower right; date and footer have no use."""
    for shape in list(layout.placeholders)[2:]:
        if shape._element.ph.get("type") == "sldNum":
            shape.left, shape.top, shape.width, shape.height = (round(n * EMU) for n in box)
        else:
            shape._element.getparent().remove(shape._element)


def _line(layout: Any, box: Box) -> None:
    x, y, cx, _ = (round(n * EMU) for n in box)
    layout.shapes._spTree.append(parse_xml(LINE.format(ns=NAMESPACES, x=x, y=y, cx=cx)))


def _type(master: Any, cover: Any) -> None:
    """Set titles bold at the left and near their line, text in sizes that a room can read."""
    titles, bodies = (master._element.find(f".//{qn(tag)}/{qn('a:lvl1pPr')}")
                      for tag in ("p:titleStyle", "p:bodyStyle"))  # fmt: skip
    _style(titles, "l", 26, bold=True)
    _style(bodies, "l", 20, bold=False)
    for layout in (master, cover):
        layout.placeholders[0]._element.txBody.bodyPr.set("anchor", "b")
    subtitle = cover.placeholders[1]._element
    _style(subtitle.find(f".//{qn('a:lvl1pPr')}"), "l", 20, bold=False)


def _style(level: Any, align: str, size: int, *, bold: bool) -> None:
    level.set("algn", align)
    properties = level.find(qn("a:defRPr"))
    properties.set("sz", str(size * 100))
    properties.set("b", str(int(bold)))
    for old in properties.findall(qn("a:solidFill")):
        properties.remove(old)
    fill = f'<a:solidFill {NAMESPACES}><a:srgbClr val="{INK}"/></a:solidFill>'
    properties.insert(0, parse_xml(fill))


def _theme(master: Any) -> None:
    """Write our typefaces and colours into the theme, for what people add by hand."""
    [part] = (
        rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    theme = part.blob.decode("utf-8")
    theme = re.sub(r'<a:latin typeface="[^"]*"/>', f'<a:latin typeface="{LATIN}"/>', theme)
    theme = re.sub(r'<a:ea typeface="[^"]*"/>', f'<a:ea typeface="{EAST_ASIAN}"/>', theme)
    for n, colour in enumerate(COLOURS, start=1):
        theme = re.sub(rf'(<a:accent{n}><a:srgbClr val=")[^"]*', rf"\g<1>{colour}", theme)
    part._blob = theme.encode("utf-8")
