"""Values and merged ranges of an .xlsx by python-calamine, with its traps closed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.read.bounds import check_area
from etl.read.merges import Merge, cover, cut
from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.records import Value

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of one sheet from A1 on, rectangular, and what was merged."""

    name: str
    hidden: bool
    rows: list[list[Value]]
    merges: list[Merge]


def sheets(data: bytes) -> list[Sheet]:
    """Return the worksheets of a workbook in their order; charts and macros are no sheets."""
    workbook = _guard(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    return [
        _sheet(_guard(lambda: workbook.get_sheet_by_name(about.name)), about.visible)  # noqa: B023
        for about in workbook.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    ]


def _guard(call: Callable[[], Made]) -> Made:
    """Turn what calamine throws into a refusal.

    A Rust panic arrives as PanicException, which derives from BaseException and cannot be imported.
    """
    try:
        return call()
    except CalamineError as error:
        raise UnreadableFile("file_damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("file_damaged") from error


def _sheet(sheet: CalamineSheet, visible: SheetVisibleEnum) -> Sheet:
    rows = _rows(sheet)
    merges = cut(sheet.merged_cell_ranges or [], len(rows), len(rows[0]) if rows else 0)
    cover(rows, merges)
    return Sheet(sheet.name, visible != SheetVisibleEnum.Visible, rows, merges)


def _rows(sheet: CalamineSheet) -> list[list[Value]]:
    """Return the cells from A1 on.

    The used range is padded here: calamine's own ``skip_empty_area=False`` panics on a lone far
    cell. It writes '' for an empty cell and for an error alike.
    """
    if sheet.start is None or sheet.end is None:
        return []
    top, left = sheet.start
    width = sheet.end[1] + 1
    check_area(sheet.name, sheet.end[0] + 1, width)
    margin: list[Value] = [None] * left
    rows: list[list[Value]] = [[None] * width for _ in range(top)]
    for row in _guard(sheet.to_python):
        # `or` first: nearly every cell is true, and then costs no comparison.
        cells: list[Value] = [cell or (None if cell == "" else cell) for cell in row]
        rows.append(margin + cells if left else cells)
    return rows
