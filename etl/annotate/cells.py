"""The cells of a worksheet's XML by address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from etl.annotate.package import put
from etl.read.address import letters, parse

if TYPE_CHECKING:
    from etl.annotate.package import Element, Package

Cell = tuple[int, int]


class Cells:
    """A worksheet whose cells can be found, made and filled with text."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.root = package.tree(part)
        self.data = self.root.find(package.name("sheetData"))
        self.rows: dict[int, Element] = {}
        for row in self.data:
            number = int(row.get("r") or max(self.rows, default=-1) + 2) - 1
            row.set("r", str(number + 1))  # some programs leave addresses out
            self.rows[number] = row
        self._cells: dict[int, dict[int, Element]] = {}

    def cell(self, row: int, column: int) -> Element:
        """Return a cell, made in its place among the others where it was not stored."""
        cells = self._row(row)
        if column not in cells:
            element = self._row_element(row)
            made = etree.Element(self.package.name("c"), r=f"{letters(column)}{row + 1}")
            if style := element.get("s"):
                made.set("s", style)
            element.insert(sum(other < column for other in cells), made)
            cells[column] = made
        return cells[column]

    def write(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell, never a formula; one that has a formula shows the text."""
        cell = self.cell(row, column)
        formula = cell.find(self.package.name("f"))
        for child in [child for child in cell if child is not formula]:
            cell.remove(child)
        if formula is not None:
            cell.set("t", "str")
            put(etree.SubElement(cell, self.package.name("v")), text)
            return
        cell.set("t", "inlineStr")
        inline = etree.SubElement(cell, self.package.name("is"))
        put(etree.SubElement(inline, self.package.name("t")), text)

    def height(self, row: int, points: int) -> None:
        """Give a row a height: not every program fits rows to their texts on opening."""
        element = self._row_element(row)
        element.set("ht", str(points))
        element.set("customHeight", "1")

    def _row(self, row: int) -> dict[int, Element]:
        if row not in self._cells:
            found: dict[int, Element] = {}
            for cell in self._row_element(row):
                if cell.tag != self.package.name("c"):
                    continue
                said = cell.get("r")
                column = parse(said)[1] if said else max(found, default=-1) + 1
                cell.set("r", f"{letters(column)}{row + 1}")
                found[column] = cell
            self._cells[row] = found
        return self._cells[row]

    def _row_element(self, row: int) -> Element:
        if row not in self.rows:
            made = etree.Element(self.package.name("row"), r=str(row + 1))
            self.data.insert(sum(other < row for other in self.rows), made)
            self.rows[row] = made
        return self.rows[row]
