"""A worksheet in which calamine stumbles over one cell, with that cell made unreadable text."""

from __future__ import annotations

import re

UNREADABLE = "\ufffd"  # no number and no word holds it, so the cell ends as an issue
CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
TYPE = re.compile(rb'\st="([^"]*)"')
STORED = re.compile(rb"<v\b[^>]*>([^<]*)</v>")
REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#?\w{0,10};)?")
KNOWN_TYPES = (b"", b"n", b"str", b"inlineStr", b"d")


def repaired(xml: bytes, strings: int) -> bytes:
    """Make readable what one cell spoiled: wrong bytes, entities, types and numbers of strings.

    ``strings`` is how many texts the workbook shares. Error cells are emptied: what they show is
    read from the XML anyway, and calamine knows only the seven oldest errors.
    """
    text = xml.decode("utf-8", "replace")
    xml = REFERENCE.sub(_reference, text).encode()

    def mend(cell: re.Match[bytes]) -> bytes:
        attributes, content = cell.groups()
        said, stored = TYPE.search(attributes), STORED.search(content)
        kind = said.group(1) if said else b""
        value = stored.group(1).strip() if stored else b""
        if kind == b"e":
            return b"<c%s/>" % TYPE.sub(b"", attributes)
        if _is_sound(kind, value, strings):
            return cell.group()
        bare = TYPE.sub(b"", attributes)
        return b'<c%s t="str"><v>%s</v></c>' % (bare, UNREADABLE.encode())

    return CELL.sub(mend, xml)


def _reference(found: re.Match[str]) -> str:
    """Keep the character references that XML allows; others, and a bare &, are unreadable."""
    digits = re.fullmatch(r"&#(?:x([0-9A-Fa-f]+)|(\d+));", found.group())
    if not digits:
        return UNREADABLE
    number = int(digits[1], 16) if digits[1] else int(digits[2])
    allowed = number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD
    return found.group() if allowed or 0x10000 <= number <= 0x10FFFF else UNREADABLE


def _is_sound(kind: bytes, value: bytes, strings: int) -> bool:
    if kind == b"s":
        return value.isdigit() and int(value) < strings
    if kind == b"b":
        return value in (b"0", b"1", b"true", b"false")
    return kind in KNOWN_TYPES
