"""Grids of an .xls: values by calamine, and by xlrd what calamine does not tell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlrd
from xlrd.biffh import error_text_from_code

from etl.read import calamine
from etl.read.number_format import is_percent
from etl.read.unreadable import UnreadableFile
from etl.records import Grid

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet


def read_xls(data: bytes, file: str) -> list[Grid]:
    """Read a workbook of Excel 5 to 2003; xlrd takes about a second a million cells."""
    book = _open(data)
    percent = {
        index
        for index, style in enumerate(book.xf_list)
        if is_percent(book.format_map[style.format_key].format_str)
    }
    return [
        _grid(sheet, book.sheet_by_name(sheet.name), percent, file)
        for sheet in calamine.sheets(data)
    ]


def _open(data: bytes) -> Book:
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except (
        Exception
    ) as error:  # xlrd leaks whatever its unpacking meets: struct.error, IndexError …
        rule = "file_encrypted" if "encrypted" in str(error) else "file_damaged"
        raise UnreadableFile(rule) from error


def _grid(sheet: calamine.Sheet, look: Sheet, percent: set[int], file: str) -> Grid:
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    kinds = [look.row_types(row) for row in range(min(look.nrows, height))]
    return Grid(
        file=file,
        sheet=sheet.name,
        rows=sheet.rows,
        merges=sheet.merges,
        percent=frozenset(
            (row, column)
            for row, types in enumerate(kinds)
            for column, kind in enumerate(types)
            if kind == xlrd.XL_CELL_NUMBER and look.cell_xf_index(row, column) in percent
        ),
        errors={
            (row, column): error_text_from_code[look.cell_value(row, column)]
            for row, types in enumerate(kinds)
            for column, kind in enumerate(types)
            if kind == xlrd.XL_CELL_ERROR
        },
        hidden_rows=frozenset(
            row for row, about in look.rowinfo_map.items() if about.hidden and row < height
        ),
        hidden_columns=frozenset(
            column for column, about in look.colinfo_map.items() if about.hidden and column < width
        ),
        hidden=sheet.hidden,
        comments={where: note.text for where, note in look.cell_note_map.items()},
    )
