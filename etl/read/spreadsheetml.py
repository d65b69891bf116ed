"""Grids of an XML spreadsheet of Excel 2003, which reporting systems write as .xls to this day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from etl.read.bounds import check_area, check_markup
from etl.read.encoding import decode
from etl.read.merges import cover, cut
from etl.read.number_format import is_percent, shortened_dates, show_scaled
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
VISIBLE = "{urn:schemas-microsoft-com:office:excel}WorksheetOptions/*"
DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)")
PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
ROWS, COLUMNS = 1_048_576, 16_384  # what Excel has room for
Place = tuple[int, int]


@dataclass(slots=True)
class Found:
    """The cells of a sheet, and what is told beside their values."""

    cells: dict[Place, Value] = field(default_factory=dict)
    spans: list[tuple[Place, Place]] = field(default_factory=list)
    formats: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    uncached: set[Place] = field(default_factory=set)
    comments: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_spreadsheetml(
    data: bytes, file: str, known: Callable[[str], bool] | None = None
) -> list[Grid]:
    """Read the worksheets of a workbook; its text is decoded here, since expat knows no GBK."""
    check_markup(len(data))
    declared = DECLARED.search(data[:200])
    text = decode(data, known, declared.group(1).decode() if declared else "")
    if "<!DOCTYPE" in text:
        raise ValueError("the workbook declares entities")
    workbook = ElementTree.fromstring(PROLOGUE.sub("", text))  # noqa: S314
    styles = _styles(workbook)
    return [_grid(sheet, styles, file) for sheet in workbook.iterfind(SS + "Worksheet")]


def _styles(workbook: Element) -> dict[str | None, str]:
    """Return the number format of every style; one that names none has its parent's."""
    styles = {style.get(SS + "ID"): style for style in workbook.iterfind(f"{SS}Styles/{SS}Style")}
    formats = {}
    for name, style in styles.items():
        said = style.find(SS + "NumberFormat")
        if said is None and (parent := styles.get(style.get(SS + "Parent"))) is not None:
            said = parent.find(SS + "NumberFormat")
        written = "" if said is None else said.get(SS + "Format", "")
        formats[name] = "0%" if written == "Percent" else written
    return formats


def _grid(sheet: Element, styles: dict[str | None, str], file: str) -> Grid:
    name = sheet.get(SS + "Name", "")
    found = _found(sheet, styles)
    places = [*found.cells, *found.errors, *found.uncached]
    height = 1 + max((row for row, _ in places), default=-1)
    width = 1 + max((column for _, column in places), default=-1)
    check_area(name, height, width)
    rows: list[list[Value]] = [[None] * width for _ in range(height)]
    for (row, column), value in found.cells.items():
        rows[row][column] = value
    merges = cut(found.spans, height, width)
    covered = cover(rows, merges)
    visible = [option.text for option in sheet.iterfind(VISIBLE) if option.tag.endswith("}Visible")]
    scaled = show_scaled(rows, found.formats.items())
    return Grid(
        file=file,
        sheet=name,
        rows=rows,
        merges=merges,
        covered=covered,
        percent=frozenset(where for where, form in found.formats.items() if is_percent(form)),
        scaled=scaled,
        errors=found.errors,
        uncached=frozenset(found.uncached),
        hidden_rows=frozenset(row for row in found.hidden_rows if row < height),
        hidden_columns=frozenset(column for column in found.hidden_columns if column < width),
        hidden=any(word in ("SheetHidden", "SheetVeryHidden") for word in visible),
        comments={
            (row, column): text
            for (row, column), text in found.comments.items()
            if row < height and column < width
        },
        shown=shortened_dates(rows, found.formats.items()),
    )


def _found(sheet: Element, styles: dict[str | None, str]) -> Found:
    found = Found()
    column_styles: dict[int, str | None] = {}
    row = column = -1
    for element in sheet.iterfind(f"{SS}Table/*"):
        if element.tag == SS + "Column":
            first, column = _next(element, column, COLUMNS)
            column_styles.update(dict.fromkeys(range(first, column + 1), _style(element)))
            if element.get(SS + "Hidden") == "1":
                found.hidden_columns.update(range(first, column + 1))
        elif element.tag == SS + "Row":
            first, row = _next(element, row, ROWS)
            if element.get(SS + "Hidden") == "1":
                found.hidden_rows.update(range(first, row + 1))
            _add_row(found, element, first, column_styles, styles)
    return found


def _next(element: Element, last: int, most: int) -> tuple[int, int]:
    """Return the first and the last column or row that an element stands for, from 0."""
    first = int(element.get(SS + "Index", last + 2)) - 1
    end = first + int(element.get(SS + "Span", "0"))
    if not last < first <= end < most:
        raise ValueError(f"{element.tag} {first} to {end} follows {last}")
    return first, end


def _style(element: Element) -> str | None:
    return element.get(SS + "StyleID")


def _add_row(
    found: Found,
    row: Element,
    number: int,
    column_styles: dict[int, str | None],
    styles: dict[str | None, str],
) -> None:
    column = -1
    for cell in row.iterfind(SS + "Cell"):
        first, _ = _next(cell, column, COLUMNS)
        across, down = int(cell.get(SS + "MergeAcross", "0")), int(cell.get(SS + "MergeDown", "0"))
        column = first + across
        where = (number, first)
        if across or down:
            found.spans.append((where, (number + down, column)))
        _add_cell(found, cell, where)
        style = _style(cell) or _style(row) or column_styles.get(first)
        if where in found.cells and styles.get(style):
            found.formats[where] = styles[style]


def _add_cell(found: Found, cell: Element, where: Place) -> None:
    """Add what a cell holds; what lies beside it, such as a phonetic guide, is not its text."""
    data, comment = cell.find(SS + "Data"), cell.find(f"{SS}Comment/{SS}Data")
    if comment is not None:
        found.comments[where] = "".join(comment.itertext())
    text = "" if data is None else "".join(data.itertext())
    kind = "" if data is None else data.get(SS + "Type", "")
    if kind == "Error":
        found.errors[where] = text
    elif text:
        found.cells[where] = _value(kind, text)
    elif data is None and cell.get(SS + "Formula"):
        found.uncached.add(where)


def _value(kind: str, text: str) -> Value:
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        moment = dt.datetime.fromisoformat(text)
        return moment if moment.time() != dt.time() else moment.date()
    return text == "1" if kind == "Boolean" else text
