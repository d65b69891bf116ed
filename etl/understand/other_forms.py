"""Sheets that hold figures and are no statistics: scorecards, project forms, lists of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.understand.axes import header_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet

KINDS = ("scorecard", "project_form", "task_list")  # lists of words.yml, and rules of rules.yml
ROWS, COLUMNS = 12, 2  # of a body, where a form has its words
ENOUGH = 2  # one 分值 or 责任单位 may stand in any table


def other_form(sheet: Sheet, block: Block) -> str:
    """Return the rule of what a table is by at least two of its words, '' where it may count.

    A table with a column that counts something we know is read, whatever stands beside it.
    """
    texts = set(_texts(sheet, block))
    for kind in KINDS:
        words = sheet.vocabulary.words[kind]
        said = [text for text in texts if text.startswith(words)]
        if sum(any(text.startswith(word) for text in said) for word in words) >= ENOUGH:
            return "" if _counts_something(sheet, block) else kind
    return ""


def _texts(sheet: Sheet, block: Block) -> Iterator[str]:
    """The words of the header, and those at the left edge of the first rows."""
    cells = [(row, column) for row in block.header for column in sheet.filled(row)]
    cells += [(r, c) for r in block.body[:ROWS] for c in sheet.filled(r) if c < COLUMNS]
    for cell in cells:
        if label := sheet.label(*cell):
            yield label.text


def _counts_something(sheet: Sheet, block: Block) -> bool:
    paths = (header_path(sheet, block, column) for column in range(sheet.width))
    return any(path[-1].indicators for path in paths if path)
