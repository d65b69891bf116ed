"""Which rows of a table are read, and what a column of states says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.understand.meaning import Fault, fault
from etl.understand.text import normalise

if TYPE_CHECKING:
    from etl.understand.axes import Column
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet


def unread(sheet: Sheet, block: Block, columns: list[Column]) -> dict[int, Fault]:
    """The rows that are not read, and why."""
    if word := _void(sheet):
        return dict.fromkeys(block.body, fault("void_sheet", word=word))
    found = {**_examples(sheet, block, columns), **_unticked(sheet, block, columns)}
    return {**found, **_ragged(sheet, block)}


def _void(sheet: Sheet) -> str:
    """The word by which a sheet's name says that its figures do not hold: 模板, 汇总（作废）."""
    name = normalise(sheet.grid.sheet)
    hits = (pattern.search(name) for pattern in map(re.compile, sheet.vocabulary.words["void"]))
    return next((hit.group() for hit in hits if hit), "")


def _examples(sheet: Sheet, block: Block, columns: list[Column]) -> dict[int, Fault]:
    """The rows that show how a form is filled in: 例 where the others have their number."""
    words = sheet.vocabulary.words["example"]
    found: dict[int, Fault] = {}
    for column in (column.index for column in columns if column.role != "value"):
        held = sheet.coded(column, block.body)
        labels = map(sheet.said_by, held.values)
        shows = [label is not None and label.text.strip("()") in words for label in labels]
        if any(shows):
            numbered = zip(block.body, held.numbers, strict=True)
            rows = [row for row, number in numbered if shows[number]]
            found |= dict.fromkeys(rows, fault("example_row"))
    return found


def _ragged(sheet: Sheet, block: Block) -> dict[int, Fault]:
    """Lines of a csv with more cells than their header: 甘州区,1,234 is no 1.

    Some systems end every line of figures with a comma, behind which there is nothing.
    """
    lengths, body = sheet.grid.lengths, block.body
    width = max((lengths[row] for row in block.header), default=0) if lengths else 0
    longer = [row for row in body if width and lengths[row] > width]
    if len(longer) == len(body) and not any(any(sheet.rows[r][width:]) for r in longer):
        return {}
    return dict.fromkeys(longer, fault("ragged_line"))


def _unticked(sheet: Sheet, block: Block, columns: list[Column]) -> dict[int, Fault]:
    """Rows of a review (``etl extract``) that nobody has ticked: they are not read."""
    ticks = [column.index for column in columns if column.role == "tick"]
    if not ticks:
        return {}
    words = sheet.vocabulary.words["ticked"]
    labels = {row: [sheet.label(row, c) for c in ticks] for row in block.body}
    return {
        row: fault("unticked_row")
        for row, marks in labels.items()
        if not any(mark and mark.text in words for mark in marks)
    }


def approvals(sheet: Sheet, block: Block, columns: list[int]) -> dict[int, int | Fault]:
    """What a status column says of its row: a level of approval, or why it does not count."""
    words = sheet.vocabulary.words
    found: dict[int, int | Fault] = {}
    for row in block.body if columns else ():
        label = sheet.label(row, columns[0])
        text = label.text if label else ""
        if text in words["rejected"]:
            found[row] = fault("rejected_row", word=text)
        elif text in words["approved"]:
            found[row] = 2
        elif text in words["draft"]:
            found[row] = 0
        elif text and text not in words["not_reported"]:
            found[row] = fault("unknown_status", word=text)
    return found
