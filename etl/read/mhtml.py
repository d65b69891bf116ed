"""The web page inside a web archive (MHTML), as WPS and Excel save a sheet as 单一网页."""

from __future__ import annotations

from email import message_from_bytes, policy

from etl.read.bounds import check_markup
from etl.read.unreadable import UnreadableFile


def page_of(data: bytes) -> bytes:
    """Return the bytes of the only page; an archive of several is one of Excel's frames."""
    check_markup(len(data))
    message = message_from_bytes(data, policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if len(pages) != 1:
        raise UnreadableFile("file_mhtml")
    page = pages[0].get_payload(decode=True)
    charset = pages[0].get_content_charset()
    declared = f'<meta charset="{charset}">'.encode() if charset else b""
    return declared + page if isinstance(page, bytes) else b""
