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
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

MARKUP_A_TEXT = 20  # what Word wraps around a text
BODY = "word/document.xml"
GONE = {"del", "moveFrom", "Fallback", "pPr", "rPr"}  # deleted, moved away, there twice, looks
SPACES = {"br": "\n", "cr": "\n", "tab": " "}
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
    found: list[str] = []
    _collect(body, found)
    return [line for text in found for line in text.splitlines()]


def _collect(element: Element, found: list[str]) -> None:
    """Add the paragraphs within an element: of boxes and tables too, of deleted text not."""
    for child in element:
        kind = child.tag.rpartition("}")[2]
        if kind in GONE:
            continue
        if kind == "p":
            at = len(found)
            found.append("")
            found[at] = "".join(_texts(child, found))
        else:
            _collect(child, found)


def _texts(element: Element, found: list[str]) -> Iterator[str]:
    """The text of a paragraph; a box that is anchored in it holds paragraphs of its own."""
    for child in element:
        kind = child.tag.rpartition("}")[2]
        if kind == "t":
            yield child.text or ""
        elif kind in SPACES:
            yield SPACES[kind]
        elif kind == "txbxContent":
            _collect(child, found)
        elif kind not in GONE:
            yield from _texts(child, found)
