"""Grids of an .xlsx: values by calamine, and from the XML what calamine does not tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.read import calamine, package, sheet_xml
from etl.read.number_format import is_percent, shortened_dates
from etl.read.repair import repaired
from etl.read.sheets import Sheets, grid_or_refusal
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What the XML of one sheet tells beside its values."""

    part: str
    filled: int
    formats: dict[Cell, str]
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
    parts = package.unpack(data)
    looks = _looks(parts)
    plain = package.pack(parts)
    return Sheets(list(looks), _grids(data, plain, looks, file))


def _looks(parts: package.Parts) -> dict[str, Look | UnreadableFile]:
    styles = package.telling_styles(parts)
    never_calculated = package.never_calculated(parts)
    looks: dict[str, Look | UnreadableFile] = {}
    for name, part in package.worksheets(parts).items():
        try:
            looks[name] = _look(parts, name, part, styles, never_calculated)
        except UnreadableFile as refused:
            looks[name] = refused
        except (LookupError, ValueError, SyntaxError):
            looks[name] = UnreadableFile("file_damaged")
    return looks


def _look(
    parts: package.Parts, name: str, part: str, styles: dict[int, str], never_calculated: bool
) -> Look:
    xml = sheet_xml.canonical(name, parts[part])
    rows, columns = sheet_xml.hidden(xml)
    return Look(
        part=part,
        filled=xml.count(b"</c>"),
        formats={cell: styles[style] for cell, style in sheet_xml.styled(xml, styles)},
        errors=sheet_xml.errors(xml),
        uncached=frozenset(sheet_xml.uncached(xml, never_calculated)),
        hidden_rows=rows,
        hidden_columns=columns,
        comments=package.comments(parts, part),
        pictures=package.pictures(parts, part),
    )


def _grids(
    data: bytes, plain: bytes, looks: dict[str, Look | UnreadableFile], file: str
) -> Iterator[Grid]:
    workbook = calamine.opened(plain)
    hidden = calamine.hidden(workbook)

    def grid(name: str, look: Look | UnreadableFile) -> Grid:
        if isinstance(look, UnreadableFile):
            raise look
        try:
            sheet = calamine.sheet(workbook, name, look.filled)
        except UnreadableFile as refused:
            if refused.rule != "file_damaged":
                raise
            sheet = _mended(data, name, look)
        return _grid(sheet, name, hidden[name], look, file)

    for name, look in looks.items():
        yield grid_or_refusal(file, name, lambda: grid(name, look))  # noqa: B023 (called at once)


def _mended(data: bytes, name: str, look: Look) -> calamine.Sheet:
    """Read a sheet again without the cells that spoiled it."""
    parts = package.unpack(data)
    parts[look.part] = repaired(parts[look.part], package.shared_strings(parts))
    return calamine.sheet(calamine.opened(package.pack(parts)), name, look.filled)


def _grid(sheet: calamine.Sheet, name: str, hidden: bool, look: Look, file: str) -> Grid:
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
        sheet=name,
        rows=rows,
        merges=sheet.merges,
        covered=sheet.covered,
        percent=frozenset(where for where, code in formats if is_percent(code)),
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
