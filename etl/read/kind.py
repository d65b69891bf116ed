"""What a file is, judged by its bytes: many an .xls is a web page, many an .xlsx is a csv."""

from __future__ import annotations

import codecs
import io
import re
from zipfile import ZipFile

from xlrd.compdoc import CompDoc

from etl.read.bounds import check_packing
from etl.read.unreadable import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAGIC = (
    (b"%PDF", "file_pdf"),
    (b"\x89PNG", "file_image"),
    (b"\xff\xd8\xff", "file_image"),
    (b"GIF8", "file_image"),
    (b"II*\0", "file_image"),
    (b"MM\0*", "file_image"),
    (b"RIFF", "file_image"),
    (b"{\\rtf", "file_word"),
    (b"Rar!", "file_archive"),
    (b"7z\xbc\xaf", "file_archive"),
    (b"\x1f\x8b", "file_archive"),
    (b"\x00\x00\x01\x00", "file_image"),
    (b"\x62\x14\x23\x65", "file_encrypted_by_office"),  # 亿赛通 E-SafeNet
    (b"%TSD-Header-###%", "file_encrypted_by_office"),  # 天锐绿盾 and its kin
)

ZIP_PARTS = (
    ("xl/workbook.bin", "file_xlsb"),
    ("word/document.xml", "file_word"),
    ("ppt/presentation.xml", "file_slides"),
    ("OFD.xml", "file_pdf"),  # the national format for fixed pages
    ("Index/Document.iwa", "file_unknown"),  # Apple's Numbers, Pages and Keynote
)

OLE_STREAMS = (
    ("EncryptedPackage", "file_encrypted"),
    ("WordDocument", "file_word"),
    ("PowerPoint Document", "file_slides"),
)

HTML = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b", re.IGNORECASE)
WORKBOOK = re.compile(rb"<(?:\w+:)?Workbook\b")
MHTML = re.compile(rb"^(?:MIME-Version:|Content-Type:\s*multipart/)", re.IGNORECASE | re.MULTILINE)


def recognise(data: bytes) -> str:
    """Name the format: xlsx, xls, ods, html, mhtml, spreadsheetml or text; refuse the others."""
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    for magic, rule in MAGIC:
        if data.startswith(magic):
            raise UnreadableFile(rule)
    return _markup_kind(_head(data)) or "text"


def _head(data: bytes) -> bytes:
    """Return the beginning of a text; an encoding of two bytes a character is undone."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[:8192].decode("utf-16", "ignore").encode()
    return data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")


def _zip_kind(data: bytes) -> str:
    archive = ZipFile(io.BytesIO(data))
    check_packing(archive)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    for part, rule in ZIP_PARTS:
        if part in names:
            raise UnreadableFile(rule)
    if "mimetype" in names and "content.xml" in names:
        return _open_document_kind(archive)
    if "[Content_Types].xml" in names:
        raise UnreadableFile("file_damaged")
    raise UnreadableFile("file_archive")


def _open_document_kind(archive: ZipFile) -> str:
    if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableFile("file_encrypted")
    if b"opendocument.spreadsheet" in archive.read("mimetype"):
        return "ods"
    raise UnreadableFile("file_word")


def _ole_kind(data: bytes) -> str:
    """Look into an OLE2 container: old Excel, old Word and encrypted .xlsx all are one."""
    try:
        container = CompDoc(data, logfile=io.StringIO())
        streams = {entry.name for entry in container.dirlist}
    except (
        Exception
    ) as error:  # xlrd leaks whatever its unpacking meets: struct.error, IndexError …
        raise UnreadableFile("file_damaged") from error
    if any(_runs_in_a_circle(container.SSAT, entry.first_SID) for entry in container.dirlist):
        raise UnreadableFile("file_damaged")
    for stream, rule in OLE_STREAMS:
        if stream in streams:
            raise UnreadableFile(rule)
    if streams & {"Workbook", "WORKBOOK", "Book", "BOOK"}:
        return "xls"
    raise UnreadableFile("file_unknown")


def _runs_in_a_circle(next_sector: list[int], sector: int) -> bool:
    """Follow a chain of short sectors; xlrd checks the long ones, and follows these for ever."""
    for _ in range(len(next_sector) + 1):
        if not 0 <= sector < len(next_sector):
            return False
        sector = next_sector[sector]
    return True


def _markup_kind(head: bytes) -> str:
    """Name the pages that office systems export as .xls; '' for what is no markup."""
    if MHTML.search(head):
        return "mhtml"
    if not head.startswith(b"<"):
        return ""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and WORKBOOK.search(head):
        return "spreadsheetml"
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        raise UnreadableFile("file_word")
    if HTML.search(head):
        return "html"
    if head.startswith(b"<?xml"):
        raise UnreadableFile("file_unknown")
    return ""
