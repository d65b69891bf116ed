"""Grids of an .xlsx: values by calamine, and from the XML what calamine does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.read import calamine, package, sheet_xml
from etl.read.number_format import is_percent, shortened_dates
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What the XML of one sheet tells beside its values."""

    formats: dict[Cell, str]
    errors: dict[Cell, str]
    uncached: frozenset[Cell]
    hidden_rows: set[int]
    hidden_columns: list[tuple[int, int]]
    comments: dict[Cell, str]


def read_xlsx(data: bytes, file: str) -> list[Grid]:
    """Read a workbook of Excel 2007 or later.

    The XML is looked at first, because calamine makes room for every cell between the corners.
    """
    parts = package.unpack(data)
    looks = _look(parts)
    plain = package.pack(parts)
    del parts  # a sheet of 300 MB need not be held twice
    return [_grid(sheet, looks[sheet.name], file) for sheet in calamine.sheets(plain)]


def _look(parts: package.Parts) -> dict[str, Look]:
    styles = package.telling_styles(parts)
    never_calculated = package.never_calculated(parts)
    looks = {}
    for name, part in package.worksheets(parts).items():
        xml = sheet_xml.canonical(name, parts[part])
        rows, columns = sheet_xml.hidden(xml)
        looks[name] = Look(
            formats={cell: styles[style] for cell, style in sheet_xml.styled(xml, styles)},
            errors=sheet_xml.errors(xml),
            uncached=frozenset(sheet_xml.uncached(xml, never_calculated)),
            hidden_rows=rows,
            hidden_columns=columns,
            comments=package.comments(parts, part),
        )
    return looks


def _grid(sheet: calamine.Sheet, look: Look, file: str) -> Grid:
    rows = sheet.rows
    if look.uncached or look.errors:
        _reach(rows, [*look.uncached, *look.errors])
    for row, column in look.uncached:
        rows[row][column] = None
    height, width = len(rows), len(rows[0]) if rows else 0
    formats = [
        ((row, column), code)
        for (row, column), code in look.formats.items()
        if row < height and column < width and rows[row][column] is not None
    ]
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=rows,
        merges=sheet.merges,
        percent=frozenset(where for where, code in formats if is_percent(code)),
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
        shown=shortened_dates(rows, formats),
    )


def _reach(rows: list[list[Value]], cells: Iterable[Cell]) -> None:
    """Widen the rows to cells that calamine leaves out because they hold no value."""
    height = 1 + max(row for row, _ in cells)
    width = max(len(rows[0]) if rows else 0, 1 + max(column for _, column in cells))
    for row in rows:
        row.extend([None] * (width - len(row)))
    rows.extend([None] * width for _ in range(height - len(rows)))
