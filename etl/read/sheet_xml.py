"""A worksheet's XML searched as bytes: quicker than parsing, as mostly nothing is there."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import numpy as np

from etl.read import address
from etl.read.bounds import CELLS, check_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Cell = tuple[int, int]

HEAD = 4000  # bytes before the first row
BLOCK = 1 << 18  # bytes that stay in a core's cache
ROOT = re.compile(rb"<(\w+):worksheet\b")
ROW = re.compile(rb"<row\b([^>]*)>")
FILLED_CELL = re.compile(rb"<c\b([^>]*[^/])>")
ROW_OR_CELL = re.compile(rb"<(row|c)\b([^>]*)>")
ROW_NUMBER = re.compile(rb'\br="(\d+)"')
ADDRESS = re.compile(rb'\br="([A-Za-z]{1,3}\d+)"')
SPAN = re.compile(rb'\b(min|max)="(\d+)"')
HIDDEN = re.compile(rb'<(row|col)\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
SHARED = re.compile(rb'<c\b([^<>]*\bt="s"[^<>]*)><v>(\d+)</v>')
SMALL_RUN = re.compile(rb'<(?:vertAlign|strike)\b(?![^<>]*val="(?:0|false|baseline)")')
SMALL_DIGIT = re.compile(rb"<t\b[^<>]*>[^<]*[0-9]")
FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(<v\b[^>]*?(?:/>|>(0?)</v>)\s*)?</c>")


def canonical(sheet: str, xml: bytes) -> bytes:
    """Write tags without prefix, attributes in double quotes, and every cell with its address.

    Excel writes so already; other programs write ``<x:c r='B5'>``, or leave the addresses out
    because the order of the cells tells them. A sheet whose corners span too many cells is refused
    here, before calamine makes room for them all.
    """
    if root := ROOT.search(xml, 0, HEAD):
        prefix = root.group(1) + b":"
        xml = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    first = ROW.search(xml)
    if first and b"='" in xml[first.start() : first.end() + HEAD]:
        xml = xml.replace(b"'", b'"')
        first = ROW.search(xml)
    if (first is None or ROW_NUMBER.search(first.group())) and _keeps_within_bounds(xml):
        return xml
    xml = _numbered(xml)
    height = width = 1
    for tag in FILLED_CELL.finditer(xml):
        row, column = _cell(tag.group(1))
        height, width = max(height, row + 1), max(width, column + 1)
    check_area(sheet, height, width)
    return xml


def _keeps_within_bounds(xml: bytes) -> bool:
    """Tell whether every cell has its address, and none lies where the sheet would be too large.

    One search for an exception, instead of a walk over all cells. The last row tells the height,
    not the declared corner, which Java's exports leave at A1. It is rounded up (2345 to 9999, or
    where that is too much to 2399), so that the pattern is short: five times as quick as an exact
    one. It never gives back a letter or digit (``}+``), which saves it from noting where it could.
    """
    last = ROW_NUMBER.search(xml, max(xml.rfind(b"<row "), 0))
    for rows, height in _rounded(last.group(1) if last else b"1"):
        if height > CELLS:
            return False
        columns = _columns(CELLS // height)
        beyond = re.compile(rb'<c(?! r="%s(?:%s)"|[a-z])' % (columns, rows))
        if beyond.search(xml) is None:
            return True
    return False


def _columns(width: int) -> bytes:
    """Return a pattern of the letters of at most so many columns."""
    one, two, three = width, width // 26 - 1, (width - 702) // 676
    if three > 0:
        return b"[A-%c]?[A-Z]{1,2}+" % (64 + min(three, 26))
    if two >= 26:
        return b"[A-Z]{1,2}+"
    return b"[A-%c]?[A-Z]" % (64 + two) if two > 0 else b"[A-%c]" % (64 + min(one, 26))


def _rounded(digits: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield patterns of row numbers up to one of these digits, with the highest that they match."""
    length = len(digits)
    yield rb"\d{1,%d}+" % length, int(b"9" * length)
    if length > 1:
        first, second = digits[:1], digits[1:2]
        below = b"|[1-%d]\\d{%d}" % (int(first) - 1, length - 1) if first > b"1" else b""
        pattern = rb"\d{1,%d}+%s|%s[0-%s]\d{%d}" % (length - 1, below, first, second, length - 2)
        yield pattern, int(digits[:2] + b"9" * (length - 2))


def _numbered(xml: bytes) -> bytes:
    """Give every row and cell the address that its place implies."""
    row = column = 0

    def number(tag: re.Match[bytes]) -> bytes:
        nonlocal row, column
        name, attributes = tag.groups()
        if name == b"row":
            said = ROW_NUMBER.search(attributes)
            row, column = int(said.group(1)) if said else row + 1, -1
            return tag.group() if said else b'<row r="%d"%s>' % (row, attributes)
        if ADDRESS.search(attributes):
            column = _cell(attributes)[1]
            return tag.group()
        column += 1
        return b'<c r="%s%d"%s>' % (address.letters(column).encode(), row, attributes)

    return ROW_OR_CELL.sub(number, xml)


def styled(xml: bytes, styles: Iterable[int]) -> Iterator[tuple[Cell, int]]:
    """Yield the cells that wear one of the styles, and which."""
    numbers = "|".join(map(str, sorted(styles))).encode()
    if numbers:
        for tag in re.finditer(rb'<c\b(?=[^>]*\bs="(%s)")([^>]*)>' % numbers, xml):
            yield _cell(tag.group(2)), int(tag.group(1))


def small_digits(xml: bytes, texts: frozenset[int]) -> Iterator[Cell]:
    """Yield the cells with one of some shared texts, or with a text of that kind of their own."""
    if texts:
        for tag in SHARED.finditer(xml):
            if int(tag.group(2)) in texts:
                yield _cell(tag.group(1))
    if _holds(xml, b"<rPr", rare=b"rP"):
        yield from _own_small(xml)


def _own_small(xml: bytes) -> Iterator[Cell]:
    """Walk from run to run, and from a cell that is found to its end: no byte is met twice."""
    at = 0
    while run := SMALL_RUN.search(xml, at):
        start, at = at, xml.find(b"</r>", run.start())
        if at < 0:
            return
        if SMALL_DIGIT.search(xml, run.start(), at):
            cell = xml.rfind(b"<c ", start, run.start())
            if cell >= 0 and (said := ADDRESS.search(xml, cell, run.start())):
                yield address.parse(said.group(1).decode().upper())
                at = max(at, xml.find(b"</c>", at))


def errors(xml: bytes) -> dict[Cell, str]:
    """Return the error that a cell shows, such as #DIV/0!, by cell."""
    if not _holds(xml, b't="e"', rare=b'"e'):
        return {}
    return {
        _cell(tag.group(1)): html.unescape(tag.group(2).decode()) for tag in ERROR.finditer(xml)
    }


def uncached(xml: bytes, never_calculated: bool) -> Iterator[Cell]:
    """Yield formulas whose result was never stored: a script wrote them and Excel never ran.

    XlsxWriter stores 0 for a result that it does not know and asks Excel to calculate on opening:
    in such a workbook (``never_calculated``) a 0 is no result.
    """
    if not _holds(xml, b"<f", rare=b"<f"):
        return
    for formula in FORMULA.finditer(xml):
        stored, zero = formula.groups()
        attributes = xml[xml.rfind(b"<c ", 0, formula.start()) : formula.start()]
        empty_text = stored and not zero and b't="str"' in attributes
        if never_calculated if zero else not empty_text:
            yield _cell(attributes)


def hidden(xml: bytes) -> tuple[set[int], list[tuple[int, int]]]:
    """Return the hidden rows, and the hidden columns as spans with both ends included."""
    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    if not _holds(xml, b' hidden="', rare=b"dd"):
        return rows, columns
    for tag in HIDDEN.finditer(xml):
        name, attributes = tag.groups()
        if name == b"row" and (number := ROW_NUMBER.search(attributes)):
            rows.add(int(number.group(1)) - 1)
        elif name == b"col":
            ends = dict(SPAN.findall(attributes))
            columns.append((int(ends[b"min"]) - 1, int(ends[b"max"]) - 1))
    return rows, columns


def _holds(xml: bytes, text: bytes, rare: bytes) -> bool:
    """Tell whether a text stands anywhere; where not even two ``rare`` bytes of it do, quickly.

    Looking for two bytes in blocks takes a fifth of the time of ``in``, which looks at each ``<``.
    """
    codes = np.frombuffer(xml, np.uint8)
    for start in range(0, len(codes), BLOCK):
        block = codes[start : start + BLOCK + 1]
        if np.any((block[:-1] == rare[0]) & (block[1:] == rare[1])):
            return text in xml
    return False


def _cell(attributes: bytes) -> Cell:
    said = ADDRESS.search(attributes)
    if said is None:
        raise ValueError("a cell without an address among cells that have one")
    return address.parse(said.group(1).decode().upper())
