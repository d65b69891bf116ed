"""Grids of csv and its kin: first the separator, then the cells, all of them text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from etl.read.bounds import check_area
from etl.read.encoding import decode
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Callable

SEPARATORS = ",\t;"
SAMPLE_LINES = 60
PROSE_CHARACTERS = 12  # half the cells are longer: 15 to 117 in articles, 3 to 9 in tables
FIGURE = re.compile(r"[\W_]*\d[\d\W_]*")
CELL_CHARACTERS = 2_000_000  # longer than that and a quotation mark was never closed


def read_text(data: bytes, file: str, known: Callable[[str], bool] | None = None) -> Grid:
    """Read a csv; every cell is text as it stands, ``="001"`` and ``1,234`` included.

    The sheet has no name.
    """
    text = decode(data, known)
    csv.field_size_limit(CELL_CHARACTERS)
    rows, lengths = _cells(text, separator(text))
    if _is_prose(rows):
        raise UnreadableFile("file_text")
    return Grid(file=file, sheet="", rows=rows, lengths=lengths)


def separator(text: str) -> str:
    """Choose the separator by which the most lines have the same number of cells.

    Counting signs is not enough: systems end long numbers of a csv with a tab, so that Excel keeps
    them as text, and a tab-separated 1,234 holds a comma.
    """
    return max(SEPARATORS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[int, int]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        widths = Counter(len(line) for line in islice(lines, SAMPLE_LINES) if len(line) > 1)
    except csv.Error:
        return 0, 0  # by another separator the quotes may close
    return max(((lines, width) for width, lines in widths.items()), default=(0, 0))


def _cells(text: str, sign: str) -> tuple[list[list[Value]], list[int]]:
    """Return the rows, all as wide as the widest, and how long each was; none empty at the end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise UnreadableFile("csv_broken_quotes", {"line": reader.line_num}) from error
    while lines and not any(lines[-1]):
        lines.pop()
    lengths = [len(line) for line in lines]
    width = max(lengths, default=0)
    check_area("", len(lines), width)
    rows: list[list[Value]] = [[cell or None for cell in line] for line in lines]
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows, lengths


def _is_prose(rows: list[list[Value]]) -> bool:
    """Tell whether this is a report in words: long stretches of text, and never a bare figure."""
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    if not cells or median(map(len, cells)) < PROSE_CHARACTERS:
        return False
    return not any(FIGURE.fullmatch(cell) for cell in cells)
