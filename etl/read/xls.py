"""Grids of an .xls by xlrd: calamine is quicker, but aborts the whole process over damaged ones."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.xldate import xldate_as_datetime

from etl.read.bounds import check_area
from etl.read.merges import cover, cut
from etl.read.number_format import (
    BUILT_IN,
    is_percent,
    rewrites,
    shortened_dates,
    show_scaled,
)
from etl.read.sheets import Sheets, grid_or_refusal
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from xlrd.book import Book
    from xlrd.formatting import XF
    from xlrd.sheet import Sheet

NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read_xls(data: bytes, file: str) -> Sheets:
    """Read a workbook of Excel 5 to 2003, or an .et of WPS, at about a million cells a second."""
    book = _open(data)
    formats = [BUILT_IN.get(style.format_key) or _written(book, style) for style in book.xf_list]
    return Sheets(list(book.sheet_names()), _grids(book, formats, file))


def _grids(book: Book, formats: list[str], file: str) -> Iterator[Grid]:
    for index, name in enumerate(book.sheet_names()):
        yield grid_or_refusal(
            file,
            name,
            lambda: _grid(_sheet(book, index), book.datemode, formats, file),  # noqa: B023
        )
        book.unload_sheet(index)


def _sheet(book: Book, index: int) -> Sheet:
    try:
        return book.sheet_by_index(index)
    except Exception as error:  # xlrd leaks what its unpacking meets: struct.error, IndexError …
        raise UnreadableFile("file_damaged") from error


def _written(book: Book, style: XF) -> str:
    return book.format_map[style.format_key].format_str or ""


def _open(data: bytes) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
    except Exception as error:  # xlrd leaks what its unpacking meets: struct.error, IndexError …
        rule = "file_encrypted" if "encrypted" in str(error) else "file_damaged"
        raise UnreadableFile(rule) from error


def _grid(sheet: Sheet, datemode: int, formats: list[str], file: str) -> Grid:
    kinds = [sheet.row_types(row) for row in range(sheet.nrows)]
    rows = _rows(sheet, kinds, datemode)
    height, width = len(rows), len(rows[0]) if rows else 0
    ranges = [
        ((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells
    ]
    merges = cut(ranges, height, width)
    covered = cover(rows, merges)
    percent = {index for index, code in enumerate(formats) if is_percent(code)}
    fonts = sheet.book.font_list
    worn = enumerate(sheet.book.xf_list)
    struck = {index for index, style in worn if fonts[style.font_index].struck_out}
    scales = {index for index, code in enumerate(formats) if rewrites(code)}
    scaled: frozenset[tuple[int, int]] = frozenset()
    if scales:
        numbers = ((at, sheet.cell_xf_index(*at)) for at in _cells(kinds, xlrd.XL_CELL_NUMBER))
        shown = ((at, formats[style]) for at, style in numbers if style in scales)
        scaled = show_scaled(rows, shown)
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=rows,
        merges=merges,
        covered=covered,
        percent=frozenset(
            where
            for where in _cells(kinds, xlrd.XL_CELL_NUMBER)
            if sheet.cell_xf_index(*where) in percent
        ),
        scaled=scaled,
        struck=frozenset(
            where
            for where in (_cells(kinds, xlrd.XL_CELL_NUMBER) if struck else ())
            if sheet.cell_xf_index(*where) in struck
        ),
        errors={
            where: error_text_from_code.get(sheet.cell_value(*where), "#ERROR!")
            for where in _cells(kinds, xlrd.XL_CELL_ERROR)
        },
        hidden_rows=frozenset(
            row for row, about in sheet.rowinfo_map.items() if about.hidden and row < height
        ),
        hidden_columns=frozenset(
            column for column, about in sheet.colinfo_map.items() if about.hidden and column < width
        ),
        hidden=sheet.visibility != 0,
        comments={
            (row, column): note.text
            for (row, column), note in sheet.cell_note_map.items()
            if row < height and column < width
        },
        shown=shortened_dates(
            rows,
            (
                (where, formats[sheet.cell_xf_index(*where)])
                for where in _cells(kinds, xlrd.XL_CELL_DATE)
            ),
        ),
    )


def _cells(kinds: list[Sequence[int]], kind: int) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(kinds):
        if kind in line:
            yield from ((row, column) for column, found in enumerate(line) if found == kind)


def _rows(sheet: Sheet, kinds: list[Sequence[int]], datemode: int) -> list[list[Value]]:
    """Return the values from A1 to the last cell that holds one; formats alone do not count."""
    widths = [
        max((column + 1 for column, kind in enumerate(line) if kind not in NOTHING), default=0)
        for line in kinds
    ]
    width = max(widths, default=0)
    height = max((row + 1 for row, cells in enumerate(widths) if cells), default=0)
    check_area(sheet.name, height, width)
    rows: list[list[Value]] = [
        [
            _value(kind, stored, datemode)
            for kind, stored in zip(kinds[row][:width], sheet.row_values(row), strict=False)
        ]
        for row in range(height)
    ]
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows


def _value(kind: int, stored: str | float, datemode: int) -> Value:
    if kind == xlrd.XL_CELL_TEXT:
        return stored or None
    if kind == xlrd.XL_CELL_NUMBER:
        return stored
    if kind == xlrd.XL_CELL_DATE:
        return _date(float(stored), datemode)
    return bool(stored) if kind == xlrd.XL_CELL_BOOLEAN else None


def _date(days: float, datemode: int) -> Value:
    """Return the date of a serial number, with its time if it has one; no date at all below 1."""
    try:
        moment: dt.datetime = xldate_as_datetime(days, datemode)
    except OverflowError:  # Excel shows it as ########
        return days
    if days < 1:
        return moment.time()
    return moment if days % 1 else moment.date()
