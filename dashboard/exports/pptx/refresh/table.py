"""Writes new figures into a table in place: words and shades change, looks and widths stay."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pptx.oxml.ns import qn

from dashboard.exports.pptx.refresh.text import graft_text


def graft_table(old: Any, fresh: Any, size: int) -> None:
    """Write one table's cells into another; rows and columns come and go at its end."""
    _columns(old, len(fresh.findall(f"{qn('a:tblGrid')}/{qn('a:gridCol')}")))
    _rows(old, len(fresh.findall(qn("a:tr"))))
    for row, wanted in zip(old.findall(qn("a:tr")), fresh.findall(qn("a:tr")), strict=True):
        for cell, words in zip(row.findall(qn("a:tc")), wanted.findall(qn("a:tc")), strict=True):
            graft_text(cell.find(qn("a:txBody")), words.find(qn("a:txBody")), size)
            _shade(cell, words)
            _narrow(cell, words)


def _columns(table: Any, n: int) -> None:
    """Give a table ``n`` columns in the width that it has."""
    grid = table.find(qn("a:tblGrid"))
    columns = grid.findall(qn("a:gridCol"))
    if len(columns) == n:
        return
    width = sum(int(column.get("w")) for column in columns)
    _resize(columns, n)
    for row in table.findall(qn("a:tr")):
        _resize(row.findall(qn("a:tc")), n)
    columns = grid.findall(qn("a:gridCol"))
    _share(columns, "w", width)


def _rows(table: Any, n: int) -> None:
    """Give a table ``n`` rows; more of them share the height that it has."""
    rows = table.findall(qn("a:tr"))
    height = sum(int(row.get("h")) for row in rows)
    grown = n > len(rows)
    _resize(rows, n)
    if grown:
        _share(table.findall(qn("a:tr")), "h", height)


def _resize(elements: list[Any], n: int) -> None:
    """Repeat the last of some elements, or drop the last, until there are ``n``."""
    for _ in range(n - len(elements)):
        elements[-1].addnext(deepcopy(elements[-1]))
    for left_over in elements[n:]:
        left_over.getparent().remove(left_over)


def _share(elements: list[Any], name: str, whole: int) -> None:
    """Scale sizes so that together they are as large as before."""
    now = sum(int(element.get(name)) for element in elements)
    for element in elements:
        element.set(name, str(int(element.get(name)) * whole // now))


def _shade(cell: Any, wanted: Any) -> None:
    """Give a cell the ground that its new figure has; words on it keep to be legible."""
    properties, fresh = (c.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}") for c in (cell, wanted))
    if properties is not None and fresh is not None:
        properties.getparent().replace(properties, deepcopy(fresh))


def _narrow(cell: Any, wanted: Any) -> None:
    """Give a cell our narrow margins where it says none: LibreOffice leaves them out on saving.

    The wide ones that programs take instead let a table with a few more rows grow over the foot.
    """
    properties, fresh = (c.find(qn("a:tcPr")) for c in (cell, wanted))
    for name in ("marT", "marB") if properties is not None else ():
        if properties.get(name) is None:
            properties.set(name, fresh.get(name))
