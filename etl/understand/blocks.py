"""Which rows of a sheet make a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.understand.moments import yearlike
from etl.understand.rows import STUB_HEADERS
from etl.understand.sheet import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Label

NEAR = 6  # rows above that may tell what a column of labels holds


@dataclass(slots=True)
class Block:
    """One table: titles above it, the header band, the body, sections and what closes it."""

    titles: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    sections: dict[int, Label] = field(default_factory=dict)  # body row → the section it is in
    paths: dict[int, tuple[Label, ...]] = field(default_factory=dict)  # of columns, once read


def blocks(sheet: Sheet, types: list[str]) -> list[Block]:
    """Cut a sheet into its tables; the first title stays outer context of all that follow."""
    found: list[Block] = []
    block = Block()
    section: Label | None = None
    below = _following(types)
    for row, kind in enumerate(types):
        if kind == "data":
            block.body.append(row)
            if section:
                block.sections[row] = section
            continue
        if kind == "blank" or (kind == "footer" and block.body):
            continue
        following = below[row]
        if block.body and _is_empty_data(sheet, row, block, kind, following):
            block.body.append(row)
            continue
        if kind == "header" and block.header and _begins_body(sheet, row, types):
            block.body.append(row)
            continue
        if kind in ("header", "frame", "meta") or (kind == "single" and following != "data"):
            if block.body and not (kind == "meta" and following in ("", "footer", "meta")):
                found.append(block)
                block, section = Block(), None
            if kind == "single" and block.header and not block.body:
                block.header.append(row)
            elif kind == "single" and not _is_group(sheet, row, types) or kind == "meta":
                block.titles.append(row)
            elif kind != "frame":
                block.header.append(row)
        elif kind == "single":
            heads = _is_header_cell(sheet, row, types) or _is_corner(sheet, row)
            if heads and not block.body and not section:
                block.header.append(row)
            elif not block.body and not block.header:
                block.titles.append(row)
            else:
                section = sheet.label(row, sheet.filled(row)[0])
    if block.body or block.titles or block.header:
        found.append(block)
    for one in found:
        _head_first_section(sheet, one)
    return found


def _head_first_section(sheet: Sheet, block: Block) -> None:
    """甘州区 right above a header heads the rows until 临泽县 heads those below it."""
    named = [label for label in block.sections.values() if label.areas and not label.rest]
    first = block.titles[-1] if block.titles and named else None
    if first is None or len(sheet.filled(first)) != 1:
        return
    label = sheet.label(first, sheet.filled(first)[0])
    if label and label.areas and not label.rest:
        block.titles.pop()
        for row in block.body:
            block.sections.setdefault(row, label)


def _following(types: list[str]) -> list[str]:
    """The kind of the next row that says something, for each row."""
    found, following = [""] * len(types), ""
    for row in range(len(types) - 1, -1, -1):
        found[row] = following
        if types[row] not in ("blank", "frame"):
            following = types[row]
    return found


def _begins_body(sheet: Sheet, row: int, types: list[str]) -> bool:
    """Without a 县区: a county and words that head nothing, above the next county's data."""
    if row + 1 >= len(types) or types[row + 1] != "data":
        return False
    stub, *others = sheet.filled(row)
    mine, theirs = sheet.label(row, stub), sheet.label(row + 1, stub)
    labels = [sheet.label(row, column) for column in others]
    return bool(
        mine and theirs and mine.areas and theirs.areas and not mine.rest and others
    ) and all(label and label.heads_nothing for label in labels)


def _is_empty_data(sheet: Sheet, row: int, block: Block, kind: str, following: str) -> bool:
    """A row inside a body whose label is of the stub's own kind: nothing was reported there."""
    if kind not in ("header", "single"):
        return False
    if _whole_table_header(sheet, row):
        return False
    said = ((c, sheet.label(row, c), sheet.label(r, c)) for r, c in _beside(sheet, row, block))
    for column, mine, theirs in said:
        if not mine or not theirs:
            continue
        if mine.periods and following == "header":  # 上半年合计 entitles the next table
            return False
        if (mine.areas or mine.role == "total") and (theirs.areas or theirs.role == "total"):
            return True
        if mine.indicators and theirs.indicators and kind == "single" and following != "header":
            return not mine.ordinal or bool(theirs.ordinal)
        if kind == "header" and mine.indicators and theirs.indicators:
            return True
        if kind == "single" and mine.periods and theirs.periods and block.header:
            return column > sheet.filled(block.header[0])[0]  # 二季度 beside 甘州区, merged or not
    return False


def _beside(sheet: Sheet, row: int, block: Block) -> Iterator[tuple[int, int]]:
    """The cells above a row's own: of the last row, or of one near it whose word is known."""
    for column in sheet.filled(row):
        labels = ((above, sheet.label(above, column)) for above in block.body[: -1 - NEAR : -1])
        known = (above for above, label in labels if label and not label.heads_nothing)
        yield next(known, block.body[-1]), column


def _whole_table_header(sheet: Sheet, row: int) -> bool:
    """Whether a row of labels repeats a header: one of its words heads areas or indicators."""
    labels = (sheet.label(row, column) for column in sheet.filled(row))
    return any(label and label.role in ("area_header", "indicator_header") for label in labels)


def _is_group(sheet: Sheet, row: int, types: list[str]) -> bool:
    """A lone label over some columns of the header below it, not a title over the whole table."""
    column = sheet.filled(row)[0]
    if column == 0 or row + 1 >= len(types) or types[row + 1] != "header":
        return False
    return any(below < column for below in sheet.filled(row + 1))


def _is_corner(sheet: Sheet, row: int) -> bool:
    """A lone 县区 over the names of a table whose other headers are missing."""
    label = sheet.label(row, sheet.filled(row)[0])
    return bool(label and label.role in STUB_HEADERS)


def _is_header_cell(sheet: Sheet, row: int, types: list[str]) -> bool:
    """A lone label directly over numbers and beside a stub: the header of a one-column table."""
    column = sheet.filled(row)[0]
    if column == 0 or (row, column + 1) in sheet.origin:
        return False
    below = next((r for r in range(row + 1, len(types)) if types[r] == "data"), None)
    if below is None:
        return False
    value = sheet.value(below, column)
    label = sheet.label(below, column)
    return is_number(value) or bool(label and label.is_value) or yearlike(label)
