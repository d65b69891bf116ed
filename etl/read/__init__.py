"""From a file's bytes to grids of cells: workbooks, web pages and delimited text, by content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.read.bounds import check_size
from etl.read.damage import DAMAGE
from etl.read.delimited import read_text
from etl.read.kind import recognise
from etl.read.ods import read_ods
from etl.read.sheets import Sheets
from etl.read.spreadsheetml import read_spreadsheetml
from etl.read.unreadable import UnreadableFile
from etl.read.xls import read_xls
from etl.read.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from etl.records import Grid

__all__ = ["Sheets", "UnreadableFile", "read", "sheets"]


def read(path: Path, known: Callable[[str], bool] | None = None) -> list[Grid]:
    """Return the sheets of a file, hidden ones too, or raise ``UnreadableFile``.

    A sheet that cannot be read is an empty grid with its ``refusal``; where that is true of every
    sheet, the file is refused.
    """
    grids = list(sheets(path, known).grids)
    if grids and all(grid.refusal for grid in grids):
        raise UnreadableFile(*(grids[0].refusal or ("file_damaged",)))
    return grids


def sheets(path: Path, known: Callable[[str], bool] | None = None) -> Sheets:
    """Open a file: the names of its sheets, and their grids one by one.

    Numbers of workbooks are int or float, dates are dates; every cell of a csv or a web page is
    text. ``known`` says whether a text holds a word of the catalogue: it judges texts that do not
    declare their encoding, where another country's bytes can pass for Chinese.
    """
    try:
        check_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("file_not_openable") from error
    try:
        return _sheets(data, path.name, known)
    except DAMAGE as error:
        raise UnreadableFile("file_damaged") from error


def _sheets(data: bytes, file: str, known: Callable[[str], bool] | None) -> Sheets:
    kind = recognise(data)
    if kind == "xlsx":
        return read_xlsx(data, file)
    if kind == "xls":
        return read_xls(data, file)
    grids = _small(kind, data, file, known)
    return Sheets([grid.sheet for grid in grids], iter(grids))


def _small(kind: str, data: bytes, file: str, known: Callable[[str], bool] | None) -> list[Grid]:
    """Read the kinds that come all at once."""
    if kind == "ods":
        return read_ods(data, file)
    if kind == "spreadsheetml":
        return read_spreadsheetml(data, file, known)
    if kind == "text":
        return [read_text(data, file, known)]
    from etl.read.html_tables import read_html  # lxml and email take 25 ms, which few files need
    from etl.read.mhtml import page_of

    return read_html(page_of(data) if kind == "mhtml" else data, file, known)
