"""Comments on cells of a worksheet, beside those that stand there already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from etl.annotate.package import put
from etl.read.address import letters, parse

if TYPE_CHECKING:
    from etl.annotate.cells import Cell
    from etl.annotate.package import Element, Package

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# Behind these, in the order of a worksheet's XML, stands the reference to the drawing of comments.
BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst", "AlternateContent",
)  # fmt: skip
WIDTH, LINE = 320, 18  # of a comment's box, in pixels
ON_A_LINE = 22  # Chinese characters
SPACES = (  # declared on each shape: other programs call these namespaces by other names
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
DRAWING = f"<xml {SPACES}></xml>"
SHAPE_TYPE = (
    f"<v:shapetype {SPACES}"
    ' id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
SHAPE = (
    f"<v:shape {SPACES}"
    ' id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:1.5pt;width:{width}px;height:{height}px;z-index:1;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def add_comments(package: Package, part: str, texts: dict[Cell, str], author: str) -> None:
    """Comment on cells; a cell that has a comment keeps it above the new words."""
    root = _comments(package, part)
    written = {c.get("ref"): c for c in root.iter(package.name("comment"))}
    listed = root.find(package.name("commentList"))
    own = _author(package, root, author)
    new = []
    for cell, text in sorted(texts.items()):
        ref = f"{letters(cell[1])}{cell[0] + 1}"
        if ref in written:
            _say(package, written[ref].find(package.name("text")), "\n\n" + text)
            continue
        comment = etree.SubElement(listed, package.name("comment"), ref=ref, authorId=own)
        _say(package, etree.SubElement(comment, package.name("text")), text)
        new.append((cell, text))
    listed[:] = sorted(listed, key=lambda comment: parse(comment.get("ref")))
    _draw(package, part, new)


def _comments(package: Package, part: str) -> Element:
    if found := package.related(part, "comments"):
        return package.tree(found[0])
    empty = f'<comments xmlns="{package.namespace}"><authors/><commentList/></comments>'
    made = package.add("xl/comments", ".xml", empty.encode(), COMMENTS_TYPE)
    package.relate(part, "comments", made)
    return package.tree(made)


def _author(package: Package, root: Element, name: str) -> str:
    authors = root.find(package.name("authors"))
    etree.SubElement(authors, package.name("author")).text = name
    return str(len(authors) - 1)


def _say(package: Package, text: Element, words: str) -> None:
    """Add a run to a comment; a bare text before it becomes a run of its own."""
    bare = text.find(package.name("t"))
    if bare is not None:
        text.replace(bare, run := etree.Element(package.name("r")))
        run.append(bare)
    run = etree.SubElement(text, package.name("r"))
    put(etree.SubElement(run, package.name("t")), words)


def _draw(package: Package, part: str, new: list[tuple[Cell, str]]) -> None:
    """Draw the boxes; VML of other programs need not be well-formed, so it is text here."""
    drawing = _drawing(package, part)
    vml = package.parts[drawing].decode("utf-8")
    if 'id="_x0000_t202"' not in vml:
        vml = _before_end(vml, SHAPE_TYPE)
    first = 1 + max((int(n) for n in re.findall(r"_x0000_s(\d+)", vml)), default=1024)
    shapes = [
        SHAPE.format(number=first + at, width=WIDTH, height=_height(text), row=row, column=column)
        for at, ((row, column), text) in enumerate(new)
    ]
    package.parts[drawing] = _before_end(vml, "".join(shapes)).encode("utf-8")


def _before_end(vml: str, more: str) -> str:
    before, end, after = vml.rpartition("</xml>")
    return before + more + end + after


def _height(text: str) -> int:
    return LINE * (2 + sum(1 + len(line) // ON_A_LINE for line in text.splitlines()))


def _drawing(package: Package, part: str) -> str:
    """Return the part in which a sheet's comments are drawn, made and named where it has none."""
    root = package.tree(part)
    drawn = root.find(package.name("legacyDrawing"))
    if drawn is not None:  # headers and footers have a drawing of their own
        key = drawn.get(f"{{{package.relation_types}}}id")
        return package.related(part, "vmlDrawing", key)[0]
    made = package.add("xl/drawings/vmlDrawing", ".vml", DRAWING.encode(), DRAWING_TYPE)
    key = package.relate(part, "vmlDrawing", made)
    reference = etree.Element(package.name("legacyDrawing"))
    reference.set(f"{{{package.relation_types}}}id", key)
    at = next((i for i, c in enumerate(root) if etree.QName(c).localname in BEHIND), len(root))
    root.insert(at, reference)
    return made
