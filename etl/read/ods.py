"""Grids of an .ods from its XML: calamine would lose merges, percentages and what is hidden."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from etl.read import ods_cell
from etl.read.bounds import check_area, check_filled
from etl.read.merges import cover, cut
from etl.read.ods_cell import TABLE
from etl.read.unreadable import UnreadableFile
from etl.records import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
HIDDEN = ("collapse", "filter")


@dataclass(slots=True)
class Table:
    """A sheet while its columns and rows arrive."""

    name: str
    style: str
    rows: list[list[ods_cell.Cell]] = field(default_factory=list)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    columns: int = 0
    empty_rows: int = 0  # seen, but not yet followed by a row with content
    width: int = 0
    filled: int = 0
    refusal: tuple[str, dict[str, Any]] | None = None


def read_ods(data: bytes, file: str) -> list[Grid]:
    """Read an OpenDocument spreadsheet, as LibreOffice and WPS write it."""
    with ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    if b"<!DOCTYPE" in content:
        raise ValueError("content.xml declares entities")
    return list(_grids(content, file))


def _grids(content: bytes, file: str) -> Iterator[Grid]:
    hidden_styles: set[str | None] = set()
    table: Table | None = None
    for event, element in iterparse(io.BytesIO(content), ("start", "end")):  # noqa: S314
        if event == "start":
            if element.tag == TABLE + "table":
                table = Table(
                    element.get(TABLE + "name", ""), element.get(TABLE + "style-name", "")
                )
        elif element.tag == STYLE + "style":
            if any(part.get(TABLE + "display") == "false" for part in element):
                hidden_styles.add(element.get(STYLE + "name"))
        elif table is None:
            continue
        elif element.tag == TABLE + "table-column":
            _add_column(table, element)
        elif element.tag == TABLE + "table-row":
            if not table.refusal:
                _try_row(table, element)
            element.clear()
        elif element.tag == TABLE + "table":
            yield _grid(table, file, table.style in hidden_styles)
            table = None


def _add_column(table: Table, column: Element) -> None:
    repeated = int(column.get(TABLE + "number-columns-repeated", "1"))
    if column.get(TABLE + "visibility") in HIDDEN:
        table.hidden_columns.append(range(table.columns, table.columns + repeated))
    table.columns += repeated


def _try_row(table: Table, row: Element) -> None:
    """Add a row; a sheet that is too large or wrong in a cell costs no other sheet."""
    try:
        _add_row(table, row)
    except UnreadableFile as refused:
        table.refusal = refused.rule, refused.words
    except (LookupError, ValueError):
        table.refusal = "sheet_damaged", {"sheet": table.name}


def _add_row(table: Table, row: Element) -> None:
    """Add a row as often as it repeats; the million empty rows that end a sheet only count."""
    first = len(table.rows) + table.empty_rows
    repeated = int(row.get(TABLE + "number-rows-repeated", "1"))
    if row.get(TABLE + "visibility") in HIDDEN:
        table.hidden_rows.append(range(first, first + repeated))
    cells = _cells(table, row, first)
    if not cells:
        table.empty_rows += repeated
        return
    table.width = max(table.width, len(cells))
    table.filled += sum(not cell.empty for cell in cells) * repeated
    check_area(table.name, first + repeated, table.width)
    check_filled(table.name, first + repeated, table.width, lambda: table.filled)
    table.rows.extend([] for _ in range(table.empty_rows))
    table.rows.extend(cells for _ in range(repeated))
    table.empty_rows = 0


def _cells(table: Table, row: Element, line: int) -> list[ods_cell.Cell]:
    """Return the cells of a row up to the last that is not empty, and note what they span."""
    cells: list[ods_cell.Cell] = []
    empty = 0
    for element in row:
        repeated = int(element.get(TABLE + "number-columns-repeated", "1"))
        below = int(element.get(TABLE + "number-rows-spanned", "1")) - 1
        right = int(element.get(TABLE + "number-columns-spanned", "1")) - 1
        column = len(cells) + empty
        if below or right:
            table.merges.append(((line, column), (line + below, column + right)))
        cell = ods_cell.read(element)
        if cell.empty:
            empty += repeated
            continue
        check_area(table.name, line + 1, column + repeated)
        cells.extend([ods_cell.EMPTY] * empty + [cell] * repeated)
        empty = 0
    return cells


def _grid(table: Table, file: str, hidden: bool) -> Grid:
    if table.refusal:
        return Grid(file, table.name, [], refusal=table.refusal)
    height, width = len(table.rows), table.width
    merges = cut(table.merges, height, width)
    rows = [[cell.value for cell in cells] + [None] * (width - len(cells)) for cells in table.rows]
    covered = cover(rows, merges)
    marked = [
        ((row, column), cell)
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        if cell[1:] != ods_cell.EMPTY[1:]
    ]
    return Grid(
        file=file,
        sheet=table.name,
        rows=rows,
        merges=merges,
        covered=covered,
        percent=frozenset(where for where, cell in marked if cell.percent),
        errors={where: cell.error for where, cell in marked if cell.error},
        uncached=frozenset(where for where, cell in marked if cell.uncached),
        hidden_rows=_within(table.hidden_rows, height),
        hidden_columns=_within(table.hidden_columns, width),
        hidden=hidden,
        comments={where: cell.comment for where, cell in marked if cell.comment},
        shown={where: cell.shown for where, cell in marked if cell.shown},
    )


def _within(spans: list[range], end: int) -> frozenset[int]:
    return frozenset(number for span in spans for number in span[: max(0, end - span.start)])
