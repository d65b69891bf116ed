"""Text on a slide: boxes and placeholders, written as XML at once, both typefaces on every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.exports.pptx.boxes import EMU
from dashboard.exports.pptx.typeface import FACES
from dashboard.locale.outside import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.exports.pptx.boxes import Box

INK, GREY, RED = "1F2328", "6B7280", "B5342B"
NAMESPACES = nsdecls("a", "p", "r")
BOX = """<p:sp {ns}><p:nvSpPr><p:cNvPr id="{id}" name={name}/><p:cNvSpPr txBox="1"/><p:nvPr/>\
</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>\
<p:txBody><a:bodyPr wrap="square" anchor="{anchor}"/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"""

NUMBER = """<p:sp {ns}><p:nvSpPr><p:cNvPr id="{id}" name="Slide Number"/><p:cNvSpPr><a:spLocks \
noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldNum" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr>\
<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld \
id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="zh-CN">{faces}</a:rPr>\
<a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>"""


class Run(NamedTuple):
    """Some text in one type; without a colour it takes the template's."""

    text: str
    size: float
    colour: str = ""
    bold: bool = False


def paragraph(runs: Iterable[Run], align: str = "l") -> str:
    """Return the XML of a paragraph; ``align`` is l, ctr or r, none is the template's."""
    aligned = f'<a:pPr algn="{align}"/>' if align else ""
    return f"<a:p>{aligned}{''.join(map(_run, runs))}</a:p>"


def _run(run: Run) -> str:
    bold = ' b="1"' if run.bold else ""
    fill = f'<a:solidFill><a:srgbClr val="{run.colour}"/></a:solidFill>' if run.colour else ""
    return (
        f'<a:r><a:rPr lang="zh-CN" sz="{round(run.size * 100)}"{bold}>{fill}{FACES}</a:rPr>'
        f"<a:t>{escape(printable(run.text))}</a:t></a:r>"
    )


def add_text(slide: Any, name: str, paragraphs: Sequence[str], box: Box, anchor: str = "t") -> None:
    """Add a text box of some paragraphs; ``anchor`` is t, ctr or b."""
    x, y, cx, cy = (round(n * EMU) for n in box)
    tree = slide.shapes._spTree
    tree.append(
        parse_xml(
            BOX.format(
                ns=NAMESPACES, id=next_id(tree), name=quoteattr(name), x=x, y=y, cx=cx, cy=cy,
                anchor=anchor, paragraphs="".join(paragraphs),
            )
        )
    )  # fmt: skip


def fill_placeholder(shape: Any, name: str, paragraphs: Sequence[str]) -> None:
    """Write some paragraphs into the element of a placeholder."""
    shape.nvSpPr.cNvPr.set("name", name)
    body = shape.txBody
    for old in body.findall(qn("a:p")):
        body.remove(old)
    wrapped = parse_xml(f"<p:txBody {NAMESPACES}>{''.join(paragraphs) or '<a:p/>'}</p:txBody>")
    body.extend(list(wrapped))


def number_slide(slide: Any, idx: int) -> None:
    """Have the slide show its number where its layout has a place for one."""
    if idx >= 0:
        tree = slide.shapes._spTree
        tree.append(parse_xml(NUMBER.format(ns=NAMESPACES, id=next_id(tree), idx=idx, faces=FACES)))


def next_id(tree: Any) -> int:
    """Return a shape's number that is free on a slide."""
    return max((int(n) for n in tree.xpath("//p:cNvPr/@id")), default=0) + 1
