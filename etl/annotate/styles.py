"""Adds to a workbook's cell styles: a cell that is marked keeps all of its own but the fill."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from etl.read.package import WORKBOOK

if TYPE_CHECKING:
    from etl.annotate.package import Element, Package

COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "note": "FFDDEBF7"}
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
PLAIN = (
    '<styleSheet xmlns="{ns}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders '
    'count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1">'
    '<xf/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
# What may not stand before what in a style sheet, where one of these has to be made.
ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")


class Styles:
    """The style sheet of a package; styles are numbers, as cells name them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.tree(next(iter(package.related(WORKBOOK, "styles")), "") or self._new())
        self._filled: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}
        self._border: int | None = None

    def _new(self) -> str:
        """Add the style sheet that a script left out."""
        part = self.package.add(
            "xl/styles", ".xml", PLAIN.format(ns=self.package.namespace).encode(), STYLES_TYPE
        )
        self.package.relate(WORKBOOK, "styles", part)
        return part

    def filled(self, style: int, severity: str) -> int:
        """Return a style like another one, with the colour of a severity."""
        key = (style, severity)
        if key not in self._filled:
            formats = self._list("cellXfs")
            like = deepcopy(formats[style] if style < len(formats) else formats[0])
            like.set("fillId", str(self._fill(COLOURS[severity])))
            like.set("applyFill", "1")
            self._filled[key] = self._append(formats, like)
        return self._filled[key]

    def text(
        self, *, bold: bool = False, size: int = 11, colour: str = "FF000000", fill: str = "",
        framed: bool = True,
    ) -> int:  # fmt: skip
        """Return a style for texts of the list of issues; in the table wrapped and framed."""
        font = etree.Element(self.package.name("font"))
        if bold:
            etree.SubElement(font, self.package.name("b"))
        etree.SubElement(font, self.package.name("sz"), val=str(size))
        etree.SubElement(font, self.package.name("color"), rgb=colour)
        etree.SubElement(font, self.package.name("name"), val="宋体")
        style = etree.Element(
            self.package.name("xf"), numFmtId="0", xfId="0", applyFont="1", applyBorder="1",
            borderId=str(self._line() if framed else 0),
            fontId=str(self._append(self._list("fonts"), font)), applyAlignment="1",
            fillId=str(self._fill(fill) if fill else 0), applyFill="1" if fill else "0",
        )  # fmt: skip
        etree.SubElement(
            style, self.package.name("alignment"), vertical="top", wrapText="1" if framed else "0"
        )
        return self._append(self._list("cellXfs"), style)

    def _line(self) -> int:
        if self._border is None:
            border = etree.Element(self.package.name("border"))
            for side in ("left", "right", "top", "bottom"):
                line = etree.SubElement(border, self.package.name(side), style="thin")
                etree.SubElement(line, self.package.name("color"), rgb="FFBFBFBF")
            etree.SubElement(border, self.package.name("diagonal"))
            self._border = self._append(self._list("borders"), border)
        return self._border

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fill = etree.Element(self.package.name("fill"))
            pattern = etree.SubElement(fill, self.package.name("patternFill"), patternType="solid")
            etree.SubElement(pattern, self.package.name("fgColor"), rgb=colour)
            self._fills[colour] = self._append(self._list("fills"), fill)
        return self._fills[colour]

    def _list(self, name: str) -> Element:
        found = self.root.find(self.package.name(name))
        if found is None:
            before = [self.package.name(other) for other in ORDER[: ORDER.index(name)]]
            at = sum(child.tag in before for child in self.root)
            found = etree.Element(self.package.name(name))
            self.root.insert(at, found)
        return found

    @staticmethod
    def _append(found: Element, child: Element) -> int:
        found.append(child)
        found.set("count", str(len(found)))
        return len(found) - 1
