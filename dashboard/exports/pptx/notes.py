"""Speaker notes: each figure of a slide with unit, period and source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesSlidePart

from dashboard.exports.pptx.text import NAMESPACES, Run, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 12  # points
NOTES = """<p:notes {ns}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>\
<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr>\
<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" \
idx="2"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id="3" name={name}/>\
<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" sz="quarter" idx="3"/>\
</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp></p:spTree>\
</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"""


def add_notes(slide: Any, name: str, lines: Sequence[str]) -> None:
    """Write a slide's notes; python-pptx's own way takes longer than the slide."""
    if not lines:
        return
    package = slide.part.package
    written = "".join(paragraph([Run(line, SIZE)], "") for line in lines)
    part = NotesSlidePart(
        package.next_partname("/ppt/notesSlides/notesSlide%d.xml"),
        CONTENT_TYPE.PML_NOTES_SLIDE,
        package,
        parse_xml(NOTES.format(ns=NAMESPACES, name=quoteattr(name), paragraphs=written)),
    )
    part.relate_to(package.presentation_part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    slide.part.relate_to(part, RELATIONSHIP_TYPE.NOTES_SLIDE)
