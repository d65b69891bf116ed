"""How large a file may be before it is taken for an attack or an accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from zipfile import ZipFile

# Files of so much together are read in the process that asks, sooner than a worker starts.
SMALL_BYTES = 1_000_000
FILE_BYTES = 200_000_000
MARKUP_BYTES = 50_000_000  # a page or an XML of that size comes from no table of an office
UNPACKED_BYTES = 800_000_000
# A sheet of repeated zeros packs 100 to 1; a bomb packs 1000 to 1. Small parts do no harm.
PACKING_RATIO = 200
SMALL_PART_BYTES = 10_000_000
CELLS = 12_000_000
SPARSE_CELLS, SPARSE_SHARE = 1_000_000, 100


def check_size(size: int) -> None:
    """Refuse a file of nothing and a file of more than 200 MB."""
    if size == 0:
        raise UnreadableFile("file_empty")
    if size > FILE_BYTES:
        raise UnreadableFile("file_too_large", {"megabytes": size // 1_000_000})


def check_markup(size: int) -> None:
    """Refuse a web page or an XML of more than 50 MB: parsing takes a multiple of it."""
    if size > MARKUP_BYTES:
        raise UnreadableFile("file_too_large", {"megabytes": size // 1_000_000})


def check_packing(archive: ZipFile) -> None:
    """Refuse a zip whose directory promises more than a workbook ever holds.

    python-calamine asks for the memory at a stroke and aborts the process where it is refused:
    1 MB on disk can hold a sheet of 1 GB.
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > SMALL_PART_BYTES
        and part.file_size > PACKING_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if bomb or unpacked > UNPACKED_BYTES:
        raise UnreadableFile("file_too_large", {"megabytes": unpacked // 1_000_000})


def check_area(sheet: str, rows: int, columns: int) -> None:
    """Refuse a used range that one stray cell far out has blown up to millions of empty cells."""
    if rows * columns > CELLS:
        raise UnreadableFile("sheet_too_large", {"sheet": sheet, "rows": rows, "columns": columns})


def check_filled(sheet: str, rows: int, columns: int, filled: Callable[[], int]) -> None:
    """Refuse a used range of more than a million cells of which hardly any holds something."""
    area = rows * columns
    if area > SPARSE_CELLS and filled() * SPARSE_SHARE < area:
        raise UnreadableFile("sheet_too_large", {"sheet": sheet, "rows": rows, "columns": columns})
