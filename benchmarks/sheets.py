"""Contact sheets of the documents that we write, page by page as LibreOffice prints them.

``make pictures`` writes them into docs/pictures, from the demonstration data.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from benchmarks.browser import ROOT
from benchmarks.pictures import GAP, GROUND, PICTURES
from dashboard.exports.pdf import to_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

# The command, its options, how many pages side by side, and dots of an inch of paper.
SHEETS = {
    "deck": (("deck", "--recipe", "quarterly"), 3, 36),
    "deck-4x3-en": (("deck", "--recipe", "quarterly", "--format", "4x3", "--lang", "en"), 3, 40),
    "deck-office": (("deck", "--recipe", "quarterly", "--template", "office.pptx"), 3, 30),
    "bulletin": (("bulletin", "--recipe", "bulletin"), 4, 52),
    "brief-en": (("bulletin", "--recipe", "brief", "--lang", "en"), 4, 52),
    "workbook": (("workbook",), 3, 52),
}
SUFFIXES = {"deck": ".pptx", "bulletin": ".docx", "workbook": ".xlsx"}
BAND = """<p:sp {}><p:nvSpPr><p:cNvPr id="99" name="band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>
</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{}" cy="1051560"/></a:xfrm><a:prstGeom
prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="1F5C4D"/></a:solidFill></p:spPr>
</p:sp>"""
WHITE = """<a:lvl1pPr {}><a:defRPr sz="2800"><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>
</a:defRPr></a:lvl1pPr>"""
ASKED = ("--area", "620700", "--period", "2024-Q2", "--dataset", "demonstration")


def main() -> None:
    """Load, write each document, print it, lay its pages side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vintages = folder / "vintages"
        _run("-m", "etl", "load", "--vintages", str(vintages))
        for sheet, (options, columns, dots) in SHEETS.items():
            out = folder / f"{sheet}{SUFFIXES[options[0]]}"
            command, *rest = (str(_office(folder)) if o == "office.pptx" else o for o in options)
            _run("-m", "dashboard.exports", command, "--vintages", str(vintages), *ASKED, *rest,
                 "--out", str(out))  # fmt: skip
            pages = printed(out, dots)
            laid(pages, columns).save(PICTURES / f"{sheet}.webp", quality=78, method=6)


def _office(folder: Path) -> Path:
    """Return a template as an office has one: PowerPoint's own layouts under a band of green."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for layout in (*presentation.slide_layouts, presentation.slide_master):
        for place in layout.placeholders:
            left, top, width, height = place.left, place.top, place.width, place.height
            place.left, place.width = round(left * 4 / 3), round(width * 4 / 3)
            place.top, place.height = top, height
    for layout in (presentation.slide_master, presentation.slide_layouts[1]):
        title, text = list(layout.placeholders)[:2]
        title.top, title.height, text.top, text.height = map(Inches, (0.1, 1.0, 1.25, 6.0))
    content = presentation.slide_layouts[1]
    styles = content.placeholders[0].element.txBody.find(qn("a:lstStyle"))
    styles.append(parse_xml(WHITE.format(nsdecls("a"))))
    content.shapes._spTree.insert(2, parse_xml(BAND.format(nsdecls("p", "a"), Inches(13.333))))
    path = folder / "office.pptx"
    presentation.save(str(path))
    return path


def printed(file: Path, dots: int) -> list[Image.Image]:
    """Return what each page of a document looks like in print."""
    pages = pypdfium2.PdfDocument(to_pdf(file.read_bytes(), file.suffix))
    return [page.render(scale=dots / 72).to_pil().convert("RGB") for page in pages]


def laid(pages: Sequence[Image.Image], columns: int) -> Image.Image:
    """Return one picture of all pages, as many in a row as ``columns`` of the narrowest take."""
    width = columns * (min(page.width for page in pages) + GAP) + GAP
    places, left, top, high = [], GAP, GAP, 0
    for page in pages:
        if left + page.width + GAP > width:
            left, top, high = GAP, top + high + GAP, 0
        places.append((left, top))
        left, high = left + page.width + GAP, max(high, page.height)
    paper = Image.new("RGB", (width, top + high + GAP), GROUND["light"])
    for page, place in zip(pages, places, strict=True):
        paper.paste(page, place)
    return paper


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
