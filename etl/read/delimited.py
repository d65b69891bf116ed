"""Grids of csv and its kin: first the encoding, then the separator, then the cells, all text."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from etl.read.bounds import check_area
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Callable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",\t;"
SAMPLE_LINES = 60
CELL_CHARACTERS = 2_000_000  # longer than that and a quotation mark was never closed
CHINESE_SHARE = 0.7


def read_text(data: bytes, file: str, known: Callable[[str], bool] | None = None) -> Grid:
    """Read a csv; every cell is text as it stands, ``="001"`` and ``1,234`` included.

    The sheet has no name.
    """
    text = decode(data, known)
    csv.field_size_limit(CELL_CHARACTERS)
    return Grid(file=file, sheet="", rows=_cells(text, separator(text)))


def decode(data: bytes, known: Callable[[str], bool] | None = None) -> str:
    """Decode by byte order mark, else strict UTF-8, else GB18030 if the result is Chinese.

    UTF-8 proves itself. GB18030 does not: Big5, Latin-1 and Korean bytes decode without an error,
    into nonsense.
    """
    text, proven = _decode(data)
    if "\0" in text:
        raise UnreadableFile("file_unknown")
    if not proven and not (_is_everyday_chinese(text) and (known is None or known(text))):
        raise UnreadableFile("csv_encoding")
    return text


def _decode(data: bytes) -> tuple[str, bool]:
    """Return the text, and whether the bytes themselves prove its encoding."""
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode(_marked(data)), True
    try:
        return data.decode("gb18030"), False
    except UnicodeDecodeError as error:
        raise UnreadableFile("file_unknown" if b"\0" in data else "csv_encoding") from error


def _marked(data: bytes) -> str:
    marks = (encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark))
    return next(marks, "utf-8")


def _is_everyday_chinese(text: str) -> bool:
    """Tell whether most characters are of the 3755 common ones, as in any Chinese text.

    They stand in GB 2312's first level: B0–D7, then A1–FE. Bytes of another encoding fall all over
    GB18030's 23,940 places.
    """
    signs = [sign.encode("gb18030") for sign in set(text) if not sign.isascii()]
    letters = [sign for sign in signs if not 0xA1 <= sign[0] <= 0xA9]  # the others are punctuation
    common = sum(0xB0 <= sign[0] <= 0xD7 and sign[1] >= 0xA1 for sign in letters)
    return bool(letters) and common >= CHINESE_SHARE * len(letters)


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


def _cells(text: str, sign: str) -> list[list[Value]]:
    """Return the rows, all as wide as the widest, without the empty rows at the end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise UnreadableFile("csv_broken_quotes", {"line": reader.line_num}) from error
    while lines and not any(lines[-1]):
        lines.pop()
    width = max(map(len, lines), default=0)
    check_area("", len(lines), width)
    rows: list[list[Value]] = [[cell or None for cell in line] for line in lines]
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows
