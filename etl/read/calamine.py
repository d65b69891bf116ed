"""Values and merged ranges of an .xlsx by python-calamine, with its traps closed."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.read.bounds import check_area, check_filled
from etl.read.merges import Merge, cover, cut
from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from etl.records import Value

Made = TypeVar("Made")

MERGES = re.compile(rb"<mergeCells\b[^>]*>.*?</mergeCells>", re.DOTALL)
NO_MERGES = b"<mergeCells></mergeCells>"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of one sheet from A1 on, rectangular, and what was merged."""

    rows: list[list[Value]]
    merges: list[Merge]
    covered: frozenset[tuple[int, int]]


def merges_first(xml: bytes) -> bytes:
    """Repeat a worksheet's merged ranges in front of its rows.

    Calamine reads the XML once for the cells and once more until it meets the merged ranges, which
    stand behind all rows: met at once, a sheet takes a third less.
    """
    rows, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if min(rows, end) < 0 or b"<!" in xml[:rows] or b"<!" in xml[end:]:
        return xml  # what a comment holds is no merged range
    merges = MERGES.search(xml, end)
    if merges is None and b"mergeCells" in xml[end:]:
        return xml
    first = merges.group() if merges else NO_MERGES
    return b"".join((xml[:rows], first, memoryview(xml)[rows:]))


def opened(data: bytes) -> CalamineWorkbook:
    """Return a workbook whose sheets are not yet read."""
    return _guard(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def hidden(workbook: CalamineWorkbook) -> dict[str, bool]:
    """Return the worksheets and whether they are hidden; charts and macros are no sheets."""
    return {
        about.name: about.visible != SheetVisibleEnum.Visible
        for about in workbook.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    }


def sheet(workbook: CalamineWorkbook, name: str, filled: Callable[[], int]) -> Sheet:
    """Read one sheet; ``filled`` counts the cells that hold something, if that matters."""
    found = _guard(lambda: workbook.get_sheet_by_name(name))
    rows = _rows(found, filled)
    merges = cut(found.merged_cell_ranges or [], len(rows), len(rows[0]) if rows else 0)
    return Sheet(rows, merges, cover(rows, merges))


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


def _rows(sheet: CalamineSheet, filled: Callable[[], int]) -> list[list[Value]]:
    """Return the cells from A1 on.

    The used range is padded here: calamine's own ``skip_empty_area=False`` panics on a lone far
    cell. It writes '' for an empty cell and for an error alike.
    """
    if sheet.start is None or sheet.end is None:
        return []
    left, width = sheet.start[1], sheet.end[1] + 1
    check_area(sheet.name, sheet.end[0] + 1, width)
    check_filled(sheet.name, sheet.end[0] + 1, width, filled)
    margin: list[Value] = [None] * left
    found = _guard(lambda: _shared(sheet.iter_rows(), sheet.width))
    return [margin + row for row in found] if left else found


def _shared(rows: Iterable[Sequence[Any]], width: int) -> list[list[Value]]:
    """Rows in which equal texts are one object, and '' is None: words are kept and hashed once.

    A row's own texts are let go of at once: thousands that stay would lie scattered in memory.
    """
    known: dict[str, str | None] = {"": None}
    one, every = known.setdefault, chain.from_iterable(rows)
    cells = [one(value, value) if type(value) is str else value for value in every]
    return [cells[start : start + width] for start in range(0, len(cells), width)]
