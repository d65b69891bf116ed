"""Grids of an .xlsx: values by calamine, and from the XML what calamine does not tell."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from etl.read import calamine, package, sheet_xml
from etl.read.damage import DAMAGE
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What the XML of one sheet tells beside its values."""

    percent: frozenset[Cell]
    errors: dict[Cell, str]
    uncached: frozenset[Cell]
    hidden_rows: set[int]
    hidden_columns: list[tuple[int, int]]
    comments: dict[Cell, str]


def read_xlsx(data: bytes, file: str) -> list[Grid]:
    """Read a workbook of Excel 2007 or later.

    The XML is looked at first, because calamine makes room for every cell between the corners.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            looks = _look(archive)
    except DAMAGE as error:
        raise UnreadableFile("file_damaged") from error
    return [_grid(sheet, looks[sheet.name], file) for sheet in calamine.sheets(data)]


def _look(archive: ZipFile) -> dict[str, Look]:
    styles = package.percent_styles(archive)
    never_calculated = package.never_calculated(archive)
    looks = {}
    for name, part in package.worksheets(archive).items():
        xml = sheet_xml.canonical(archive.read(part))
        sheet_xml.check_extent(name, xml)
        rows, columns = sheet_xml.hidden(xml)
        looks[name] = Look(
            percent=frozenset(sheet_xml.percent(xml, styles)),
            errors=sheet_xml.errors(xml),
            uncached=frozenset(sheet_xml.uncached(xml, never_calculated)),
            hidden_rows=rows,
            hidden_columns=columns,
            comments=package.comments(archive, part),
        )
    return looks


def _grid(sheet: calamine.Sheet, look: Look, file: str) -> Grid:
    rows = sheet.rows
    _reach(rows, [*look.uncached, *look.errors])
    for row, column in look.uncached:
        rows[row][column] = None
    height, width = len(rows), len(rows[0]) if rows else 0
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=rows,
        merges=sheet.merges,
        percent=frozenset(
            (row, column)
            for row, column in look.percent
            if row < height and column < width and rows[row][column] is not None
        ),
        errors=look.errors,
        uncached=look.uncached,
        hidden_rows=frozenset(row for row in look.hidden_rows if row < height),
        hidden_columns=frozenset(
            column
            for first, last in look.hidden_columns
            for column in range(first, min(last + 1, width))
        ),
        hidden=sheet.hidden,
        comments={
            (row, column): text
            for (row, column), text in look.comments.items()
            if row < height and column < width
        },
    )


def _reach(rows: list[list[Value]], cells: Iterable[Cell]) -> None:
    """Widen the rows to cells that calamine leaves out because they hold no value."""
    height = max((row + 1 for row, _ in cells), default=0)
    width = max(len(rows[0]) if rows else 0, max((column + 1 for _, column in cells), default=0))
    for row in rows:
        row.extend([None] * (width - len(row)))
    rows.extend([None] * width for _ in range(height - len(rows)))
