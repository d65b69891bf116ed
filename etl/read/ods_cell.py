"""One cell of an .ods: its value, and whether it is a percentage, an error or never calculated."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from etl.records import Value

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

NUMBERS = ("float", "percentage", "currency")
BLANKS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
# An error is stored as the number 0 or as an empty text; only the text beside it tells.
ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!)|Err:\d+")
PART_OF_DATE = re.compile(
    r"\d+|[A-Za-z]{3,}|[一二三四五六七八九十〇]+"
)  # 2024年6月 has two, 1-6 too
DATE_PARTS = 3
DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


class Cell(NamedTuple):
    """What a cell holds; an error and a formula without a result hold no value."""

    value: Value = None
    percent: bool = False
    error: str = ""
    uncached: bool = False
    comment: str = ""
    shown: str = ""  # of a date without its year, month or day

    @property
    def empty(self) -> bool:
        """Tell whether nothing at all is known of the cell."""
        return self == EMPTY


EMPTY = Cell()


def read(cell: Element) -> Cell:
    """Read a cell; what lies under a merge (``covered-table-cell``) nobody sees: it is empty."""
    if cell.tag != TABLE + "table-cell" or not (len(cell) or cell.attrib):
        return EMPTY
    kind = cell.get(OFFICE + "value-type", "")
    shown = _paragraphs(cell)
    note = cell.find(OFFICE + "annotation")
    comment = "" if note is None else _paragraphs(note)
    formula = TABLE + "formula" in cell.attrib
    if formula and ERROR.fullmatch(shown):
        return Cell(error=shown, comment=comment)
    if formula and not kind and not shown:
        return Cell(uncached=True, comment=comment)
    value = _value(cell, kind, shown)
    short = shown if kind == "date" and len(PART_OF_DATE.findall(shown)) < DATE_PARTS else ""
    return Cell(value, percent=kind == "percentage", comment=comment, shown=short)


def _value(cell: Element, kind: str, shown: str) -> Value:
    if kind in NUMBERS:
        return float(cell.attrib[OFFICE + "value"])
    if kind == "date":
        stored = cell.attrib[OFFICE + "date-value"]
        return dt.datetime.fromisoformat(stored) if "T" in stored else dt.date.fromisoformat(stored)
    if kind == "time":
        return _duration(cell.attrib[OFFICE + "time-value"])
    if kind == "boolean":
        return cell.get(OFFICE + "boolean-value") == "true"
    return cell.get(OFFICE + "string-value") or shown or None


def _duration(stored: str) -> dt.timedelta:
    parts = DURATION.fullmatch(stored)
    if parts is None:
        raise ValueError(f"{stored!r} is no duration")
    sign, hours, minutes, seconds = parts.groups()
    length = dt.timedelta(
        hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0)
    )
    return -length if sign else length


def _paragraphs(parent: Element) -> str:
    return "\n".join(_text(paragraph) for paragraph in parent.iterfind(TEXT + "p"))


def _text(element: Element) -> str:
    """Return the text below an element; runs of blanks, tabs and line breaks are elements too."""
    if element.tag == TEXT + "s":
        own = " " * int(element.get(TEXT + "c", "1"))
    else:
        own = BLANKS.get(element.tag, element.text or "")
    return own + "".join(_text(child) + (child.tail or "") for child in element)
