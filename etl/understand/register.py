"""Lists of persons: a row each, to be counted and never to be read as a county's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.understand.axes import header_path
from etl.understand.total_rows import total_rows
from etl.understand.vocabulary import PERSONAL

if TYPE_CHECKING:
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet


def persons(sheet: Sheet, block: Block) -> list[tuple[int, int]]:
    """Return the cells of a list's name column, one a person; nothing where rows are areas.

    A table of counties may name somebody in each row, but then no county stands there twice.
    """
    for column in range(sheet.width):
        path = header_path(sheet, block, column)
        if path and (path[-1].role == "register" or _is_hidden(sheet, block, column)):
            break
    else:
        return []
    added = total_rows(sheet, block)  # 合计 | 2人 names nobody
    listed = [row for row in block.body if row not in added]
    rows = [row for row in listed if _names_somebody(sheet, row, column)]
    if not rows or len(rows) * 2 < len(listed) or _rows_are_areas(sheet, rows):
        return []
    return [(row, column) for row in rows]


def _is_hidden(sheet: Sheet, block: Block, column: int) -> bool:
    """Whether names stood in most cells below a header that does not say so: 退役军人, 优抚对象."""
    path = header_path(sheet, block, column)
    if path[-1].role in PERSONAL or path[-1].text not in sheet.vocabulary.words["may_name"]:
        return False
    masks = sheet.vocabulary.catalogue.masks
    shown = next((mask.shown for mask in masks if "register" in mask.headers), "")
    hidden = sum(sheet.value(row, column) == shown for row in block.body)
    return hidden * 2 > len(block.body)


def _names_somebody(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.value(row, column)
    label = sheet.label(row, column)
    return isinstance(value, str) and value != "" and not (label and label.role)


def _rows_are_areas(sheet: Sheet, rows: list[int]) -> bool:
    """Whether some column names another area in every row."""
    for column in range(sheet.width):
        labels = [sheet.label(row, column) for row in rows]
        areas = [label.areas for label in labels if label and label.areas]
        if len(areas) == len(rows) == len(set(areas)):
            return True
    return False
