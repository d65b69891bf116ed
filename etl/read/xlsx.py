"""Grids of an .xlsx: values by calamine, and from the XML what calamine does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.read import calamine, package, sheet_xml
from etl.read.bounds import SMALL_BYTES
from etl.read.number_format import is_percent, shortened_dates, show_scaled
from etl.read.repair import repaired
from etl.read.sheets import Sheets, grid_or_refusal
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from python_calamine import CalamineWorkbook

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Book:
    """An opened workbook, whose sheets are read one after another."""

    file: str
    parts: package.Parts
    worksheets: dict[str, str]  # the sheet's name → its part
    styles: package.Styles
    small_texts: frozenset[int]  # shared texts with a raised, lowered or struck digit
    never_calculated: bool
    values: CalamineWorkbook


@dataclass(frozen=True, slots=True)
class Look:
    """What the XML of one sheet tells beside its values."""

    formats: dict[Cell, str]
    struck: frozenset[Cell]
    errors: dict[Cell, str]
    uncached: frozenset[Cell]
    hidden_rows: set[int]
    hidden_columns: list[tuple[int, int]]
    comments: dict[Cell, str]
    pictures: int


def read_xlsx(data: bytes, file: str) -> Sheets:
    """Read a workbook of Excel 2007 or later.

    The XML is looked at first, because calamine makes room for every cell between the corners.
    """
    small = len(data) <= SMALL_BYTES  # perhaps not in a worker: calamine gets what was looked at
    parts = package.telling(data) if small else package.opened(data)
    worksheets = package.worksheets(parts)
    if small:
        present = (part for part in worksheets.values() if part in parts)
        sheets = {part: calamine.merges_first(parts[part]) for part in present}
        data = package.pack({**parts, **sheets})
    book = Book(
        file=file,
        parts=parts,
        worksheets=worksheets,
        styles=package.telling_styles(parts),
        small_texts=package.small_digits(parts),
        never_calculated=package.never_calculated(parts),
        values=calamine.opened(data),
    )
    return Sheets(list(book.worksheets), _grids(book))


def _grids(book: Book) -> Iterator[Grid]:
    hidden = calamine.hidden(book.values)
    for name, part in book.worksheets.items():
        yield grid_or_refusal(
            book.file,
            name,
            lambda: _grid(book, name, hidden[name], _look(book, name, part)),  # noqa: B023
        )


def _look(book: Book, name: str, part: str) -> Look:
    xml = sheet_xml.canonical(name, book.parts[part])
    rows, columns = sheet_xml.hidden(xml)
    formats = book.styles.formats
    return Look(
        formats={cell: formats[style] for cell, style in sheet_xml.styled(xml, formats)},
        struck=frozenset(
            (
                *(cell for cell, _ in sheet_xml.styled(xml, book.styles.struck)),
                *sheet_xml.small_digits(xml, book.small_texts),
            )
        ),
        errors=sheet_xml.errors(xml),
        uncached=frozenset(sheet_xml.uncached(xml, book.never_calculated)),
        hidden_rows=rows,
        hidden_columns=columns,
        comments=package.comments(book.parts, part),
        pictures=package.pictures(book.parts, part),
    )


def _values(book: Book, name: str) -> calamine.Sheet:
    """Read a sheet's values; if calamine stumbles over one cell, without that cell."""
    part = book.worksheets[name]

    def filled() -> int:
        return book.parts[part].count(b"</c>")

    try:
        return calamine.sheet(book.values, name, filled)
    except UnreadableFile as refused:
        if refused.rule != "file_damaged":
            raise
    xml = repaired(book.parts[part], package.shared_strings(book.parts))
    mended = calamine.opened(package.pack({**book.parts, part: xml}))
    return calamine.sheet(mended, name, filled)


def _grid(book: Book, name: str, hidden: bool, look: Look) -> Grid:
    sheet = _values(book, name)
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
    scaled = show_scaled(rows, formats)
    return Grid(
        file=book.file,
        sheet=name,
        rows=rows,
        merges=sheet.merges,
        covered=sheet.covered,
        percent=frozenset(where for where, code in formats if is_percent(code)),
        scaled=scaled,
        struck=look.struck,
        errors=look.errors,
        uncached=look.uncached,
        hidden_rows=frozenset(row for row in look.hidden_rows if row < height),
        hidden_columns=frozenset(
            column
            for first, last in look.hidden_columns
            for column in range(first, min(last + 1, width))
        ),
        hidden=hidden,
        comments={
            (row, column): text
            for (row, column), text in look.comments.items()
            if row < height and column < width
        },
        shown=shortened_dates(rows, formats),
        pictures=look.pictures,
    )


def _reach(rows: list[list[Value]], cells: Iterable[Cell]) -> None:
    """Widen the rows to cells that calamine leaves out because they hold no value."""
    height = 1 + max(row for row, _ in cells)
    width = max(len(rows[0]) if rows else 0, 1 + max(column for _, column in cells))
    for row in rows:
        row.extend([None] * (width - len(row)))
    rows.extend([None] * width for _ in range(height - len(rows)))
