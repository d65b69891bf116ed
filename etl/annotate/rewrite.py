"""Sheets of any other format as an .xlsx: their values and merged cells."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from etl.records import Grid, Value

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def rewrite(grids: Sequence[Grid]) -> tuple[bytes, list[str]]:
    """Return a workbook that holds the sheets, and the names that they have in it."""
    book = Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet(NOT_IN_NAMES.sub(" ", grid.sheet)[:28] or "Sheet1")
        _fill(sheet, grid)
    if not grids:
        book.create_sheet("Sheet1")  # a workbook has at least one
    if all(sheet.sheet_state == "hidden" for sheet in book):
        book.worksheets[0].sheet_state = "visible"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue(), book.sheetnames


def _fill(sheet: Worksheet, grid: Grid) -> None:
    sheet.sheet_state = "hidden" if grid.hidden else "visible"
    for r, row in enumerate(grid.rows):
        for c, value in enumerate(row):
            if value is not None and value != "":
                _write(sheet, r, c, value, percent=(r, c) in grid.percent)
    for (r, c), error in grid.errors.items():
        _write(sheet, r, c, error, percent=False)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    for r in grid.hidden_rows:
        sheet.row_dimensions[r + 1].hidden = True
    for c in grid.hidden_columns:
        sheet.column_dimensions[get_column_letter(c + 1)].hidden = True


def _write(sheet: Worksheet, row: int, column: int, value: Value, *, percent: bool) -> None:
    """A text stays text, whatever sign it begins with."""
    text = isinstance(value, str)
    cell = sheet.cell(row + 1, column + 1)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if text:
        cell.data_type = "s"
    if percent:
        cell.number_format = "0.00%"
