"""From a file's bytes to grids of cells: workbooks, web pages and delimited text, by content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.read.bounds import check_size
from etl.read.damage import DAMAGE
from etl.read.delimited import read_text
from etl.read.kind import recognise
from etl.read.mhtml import page_of
from etl.read.ods import read_ods
from etl.read.spreadsheetml import read_spreadsheetml
from etl.read.unreadable import UnreadableFile
from etl.read.xls import read_xls
from etl.read.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from etl.records import Grid

__all__ = ["UnreadableFile", "read"]


def read(path: Path, known: Callable[[str], bool] | None = None) -> list[Grid]:
    """Return the sheets of a file, hidden ones too, or raise ``UnreadableFile``.

    Numbers of workbooks are int or float, dates are dates; every cell of a csv is text. ``known``
    says whether a text holds a word of the catalogue: it judges csv files that do not declare
    their encoding, where another country's bytes can pass for Chinese.
    """
    try:
        check_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("file_not_openable") from error
    try:
        return _grids(data, path.name, known)
    except DAMAGE as error:
        raise UnreadableFile("file_damaged") from error


def _grids(data: bytes, file: str, known: Callable[[str], bool] | None) -> list[Grid]:
    kind = recognise(data)
    if kind == "xlsx":
        return read_xlsx(data, file)
    if kind == "xls":
        return read_xls(data, file)
    if kind == "ods":
        return read_ods(data, file)
    if kind == "spreadsheetml":
        return read_spreadsheetml(data, file, known)
    if kind == "text":
        return [read_text(data, file, known)]
    from etl.read.html_tables import read_html  # lxml takes 17 ms, which few files need

    return read_html(page_of(data) if kind == "mhtml" else data, file, known)
