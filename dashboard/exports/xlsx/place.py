"""Where the table of a sheet stands and how wide its columns are."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts import Point, in_cell
from dashboard.exports.svg.words import width_of
from dashboard.exports.xlsx.styles import TEXT

if TYPE_CHECKING:
    from dashboard.exports.xlsx.grid import Cell, Grid

HEAD = 2  # the row of the first heading, below title and unit
NARROWEST, WIDEST, WIDEST_STUB = 8, 18, 32  # characters of a column
ROOM = 1.15  # another typeface than ours may be wider, and bold ones are
HEADING_LINES = 3
UNIT = re.compile(r"\s?([（(][^（(]*[）)])$")
LEAST = 64  # characters across: a narrower table has no room for its notes
LEADING = 1.35


class Place(NamedTuple):
    """The row and column of the first figure, and the width of every column in characters."""

    row: int
    column: int
    widths: tuple[float, ...]

    @property
    def last(self) -> int:
        """Return the last column."""
        return len(self.widths) - 1


def place_of(grid: Grid) -> Place:
    """Return where a grid stands: as wide as its values and its headings in a few lines."""
    depth = max(map(len, grid.columns), default=1)
    stubs = [
        _between(NARROWEST, max(map(characters, column)) + 2, WIDEST_STUB)
        for column in zip(grid.stub, *grid.rows, strict=True)
    ]
    figures = [
        _between(NARROWEST, max(_heading(head), *(_said(row[k]) for row in grid.cells)) + 2, WIDEST)
        for k, head in enumerate(grid.columns)
    ]
    wider = max(1.0, (LEAST - sum(stubs)) / sum(figures)) if figures else 1.0
    return Place(HEAD + depth, len(grid.stub), (*stubs, *(width * wider for width in figures)))


def height(text: str, width: float, size: float = TEXT) -> float:
    """Return how high a row must be, in points, for a text to wrap within so many characters."""
    lines = sum(
        max(1, ceil(characters(line) * size / TEXT / max(width - 1, 1)))
        for line in text.split("\n")
    )
    return lines * size * LEADING + 5


def characters(text: str) -> float:
    """Return how many characters of a column a text takes; a Chinese one takes two."""
    return width_of(text, 2) * ROOM


def broken(heading: str) -> str:
    """Return a heading with its unit on a line of its own: 慰问金发放额 above （万元）."""
    return UNIT.sub(r"\n\1", heading)


def _heading(head: tuple[str, ...]) -> float:
    """Return how wide the innermost heading needs a column to be."""
    name, _, unit = broken(next(filter(None, reversed(head)))).partition("\n")
    return max(characters(name) / HEADING_LINES, characters(unit))


def _said(cell: Cell) -> float:
    return characters(in_cell(cell) if isinstance(cell, Point) else cell or "")


def _between(low: float, value: float, high: float) -> float:
    return max(low, min(value, high))
