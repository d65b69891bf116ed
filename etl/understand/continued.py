"""A table that goes on in the next sheet: 续表, without its title and perhaps its header."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.records import Grid, Value
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Vocabulary

TOP = 3  # rows in which a sheet says that it goes on


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the last table of a sheet: its rows, and the merges among them."""

    titles: tuple[tuple[Value, ...], ...]
    header: tuple[tuple[Value, ...], ...]
    merges: tuple[tuple[int, int, int, int], ...]  # counted from the first row of these


def head_of(sheet: Sheet, tables: Sequence[Block]) -> Head | None:
    """Return what a sheet behind this one may go on with; None where no table has a header."""
    last = next((table for table in reversed(tables) if table.header and table.body), None)
    if last is None:
        return None
    titles = last.titles or tables[0].titles
    rows = [*titles, *last.header]
    place = {row: at for at, row in enumerate(rows)}
    return Head(
        tuple(tuple(sheet.rows[row]) for row in titles),
        tuple(tuple(sheet.rows[row]) for row in last.header),
        tuple(
            (place[top], left, place[bottom], right)
            for top, left, bottom, right in sheet.grid.merges
            if top in place and bottom in place
        ),
    )


def goes_on(grid: Grid, vocabulary: Vocabulary) -> bool:
    """Whether a sheet's name, or a line at its top, says 续表."""
    said = (value for row in grid.rows[:TOP] for value in row if isinstance(value, str))
    return any(map(vocabulary.says_continued, (grid.sheet, *said)))


def with_head(grid: Grid, head: Head) -> Grid:
    """Return a sheet with the rows of a head below its own, where no cell changes its address."""
    height = len(grid.rows)
    rows = [*grid.rows, *map(list, (*head.titles, *head.header))]
    width = max(map(len, rows))
    merges = ((height + top, left, height + end, right) for top, left, end, right in head.merges)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return replace(grid, rows=filled, merges=[*grid.merges, *merges])


def carry_on(sheet: Sheet, tables: Sequence[Block], head: Head) -> None:
    """Give the first table of a sheet the titles of the one before, and its header if it has none.

    A title that says more than 续表 stays alone: it may be of another table.
    """
    first = next((table for table in tables if table.body), None)
    if first is None:
        return
    below = sheet.height + len(head.titles)
    said = [sheet.value(row, c) for row in first.titles for c in sheet.filled(row)]
    if all(sheet.vocabulary.only_continues(str(text)) for text in said):
        first.titles = [*range(sheet.height, below)]
    if not first.header:
        first.header = [*range(below, below + len(head.header))]
