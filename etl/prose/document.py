"""A report in words as paragraphs: plain text, or the paragraphs of a .docx."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

from etl.read.bounds import check_packing, check_size
from etl.read.damage import DAMAGE
from etl.read.encoding import decode
from etl.read.package import opened, parse
from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

MARKUP_A_TEXT = 20  # what Word wraps around a text
BODY = "word/document.xml"
OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"<")  # old Word, PDF, RTF, pages
TEXT_BYTES = 300_000  # a hundred pages; a report of a county has 20 KB


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a .txt or .docx, recognised by content, or raise UnreadableFile."""
    try:
        size = path.stat().st_size
        check_size(size)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("file_not_openable") from error
    if data.startswith(b"PK\3\4"):
        try:
            return _of_docx(data)
        except DAMAGE as error:
            raise UnreadableFile("file_damaged") from error
    if data.startswith(OTHER_KINDS):
        raise UnreadableFile("prose_kind")
    _check_length(size)
    return decode(data).splitlines()


def _check_length(size: int) -> None:
    if size > TEXT_BYTES:
        raise UnreadableFile("file_too_large", {"megabytes": round(size / 1e6, 1)})


def _of_docx(data: bytes) -> list[str]:
    archive = ZipFile(io.BytesIO(data))
    check_packing(archive)
    if BODY not in archive.NameToInfo:
        raise UnreadableFile("prose_kind")
    _check_length(archive.NameToInfo[BODY].file_size // MARKUP_A_TEXT)
    body = parse(opened(data), BODY)
    return [
        "".join(text.text or "" for text in paragraph.iterfind(".//{*}t"))
        for paragraph in body.iterfind(".//{*}p")
    ]
