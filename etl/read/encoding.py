"""Bytes to text: an encoding is believed when something proves it, never for want of an error."""

from __future__ import annotations

import codecs
import contextlib
from typing import TYPE_CHECKING

from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a page may declare, and the wider encoding that its bytes really are in. Latin-1 is left
# out: exporting systems write it by habit, and it fits any bytes.
DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
}
CHINESE_SHARE = 0.7
MOST_BAD = 0.1  # of the lines; more are another encoding's
UNREADABLE = "\ufffd"  # no number holds it: 1␀2 is not read as 12


def decode(data: bytes, known: Callable[[str], bool] | None = None, declared: str = "") -> str:
    """Decode by byte order mark, else strict UTF-8, else as declared, else by a judged guess.

    UTF-8 proves itself. GB18030 does not: Big5, Latin-1 and Korean bytes decode without an error,
    into nonsense. A guess must read as everyday Chinese and hold a ``known`` word.
    """
    text, proven = _decode(data, declared)
    if not proven and not (_is_everyday_chinese(text) and (known is None or known(text))):
        raise UnreadableFile(_refusal(data))
    return text.rstrip("\0").replace("\0", UNREADABLE)


def _decode(data: bytes, declared: str) -> tuple[str, bool]:
    """Return the text, and whether the bytes or their declaration prove its encoding.

    A few bad bytes cost their own characters: cells with one of ``UNREADABLE`` end as issues.
    """
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode(_marked(data))
        if "\0" not in text or not text.isascii():  # UTF-16 digits pass for UTF-8 with zeros
            return text, True
    with contextlib.suppress(UnicodeDecodeError, KeyError):
        return data.decode(DECLARED[declared.lower()]), True
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode(_guessed(data)), False
    encodings = ("utf-8", "gb18030") if b"\0" not in data else ()
    texts = [_by_lines(data, encoding) for encoding in encodings]
    best = min(texts, key=lambda text: text.count(UNREADABLE), default="")
    lines = best.split("\n")
    bad = sum(UNREADABLE in line for line in lines)
    if not best or bad > max(1, MOST_BAD * len(lines)):
        raise UnreadableFile(_refusal(data))
    return best, False


def _by_lines(data: bytes, encoding: str) -> str:
    """Decode with U+FFFD for bad bytes, line by line: half a character eats no other line."""
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    return "\n".join(line.decode(encoding, "replace") for line in lines)


def _refusal(data: bytes) -> str:
    return "file_unknown" if b"\0" in data else "csv_encoding"


def _marked(data: bytes) -> str:
    marks = (encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark))
    return next(marks, "utf-8")


def _guessed(data: bytes) -> str:
    """UTF-16 without a mark shows by the zeros in its digits and commas, all on one side."""
    zeros = data[::2].count(0), data[1::2].count(0)
    if not any(zeros):
        return "gb18030"
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _is_everyday_chinese(text: str) -> bool:
    """Tell whether most characters are of the 3755 common ones, as in any Chinese text.

    They stand in GB 2312's first level: B0–D7, then A1–FE. Bytes of another encoding fall all over
    GB18030's 23,940 places.
    """
    signs = [sign.encode("gb18030", "replace") for sign in set(text) if not sign.isascii()]
    letters = [sign for sign in signs if not 0xA1 <= sign[0] <= 0xA9]  # the others are punctuation
    common = sum(0xB0 <= sign[0] <= 0xD7 and sign[1] >= 0xA1 for sign in letters)
    return bool(letters) and common >= CHINESE_SHARE * len(letters)
