"""A sheet as its words tell it: a grid behind the vocabulary, with merged labels repeated."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, filterfalse, zip_longest
from typing import TYPE_CHECKING

from etl.understand.coded import Coded, coded
from etl.understand.moments import PARTS
from etl.understand.vocabulary import FRAME, Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Grid, Value
    from etl.understand.moments import Moments
    from etl.understand.vocabulary import Vocabulary

BLOCK = 500  # rows that are looked at together


class Sheet:
    """A grid whose cells are seen through the vocabulary; merged cells repeat their label."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary, height: int | None = None) -> None:
        self.grid = grid
        self.height = len(grid.rows) if height is None else height  # rows below are of another
        self.rows = grid.rows
        self.vocabulary = vocabulary
        self._columns: dict[int, list[Value]] = {}
        self._across: list[Sequence[Value]] | None = None  # the columns as they are stored
        self._coded: dict[tuple[int, int], tuple[Sequence[int], Coded[Value]]] = {}
        self.said: dict[int, Moments] = {}  # header row → what it says of time as a whole
        self.width = max(map(len, grid.rows), default=0)
        self.origin: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in grid.merges:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self.origin[row, column] = (top, left)
        self.missing = {*grid.errors, *grid.uncached}  # cells whose number did not come
        self.broken = {row for row, _ in self.missing}

    def value(self, row: int, column: int) -> Value:
        """Return the stored value; numbers do not spread over a merge."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def label(self, row: int, column: int) -> Label | None:
        """Return the label at a cell or at the first cell of its merge; None without a text."""
        return self.said_by(self.value(*self.origin.get((row, column), (row, column))))

    def said_by(self, value: Value) -> Label | None:
        """Return the label of a text; None for what is none."""
        return self.vocabulary.label(value) if isinstance(value, str) and value else None

    def is_figure(self, row: int, column: int) -> bool:
        """Whether a cell holds a number, stored or in words."""
        value = self.value(row, column)
        label = self.said_by(value)
        return is_number(value) or (label is not None and label.number is not None)

    def stored(self, index: int) -> Sequence[Value]:
        """Return a column's values as they are stored; () where the sheet has no row."""
        if self._across is None:
            self._across = _columns(self.rows, self.width)
        return self._across[index] if self.rows else ()

    def column(self, index: int) -> list[Value]:
        """Return a column's values from the first row on, those of merges repeated."""
        if index not in self._columns:
            values = list(self.stored(index))
            for top, left, bottom, right in self.grid.merges:
                if left <= index <= right and bottom < len(values):
                    values[top : bottom + 1] = [self.value(top, left)] * (bottom + 1 - top)
            self._columns[index] = values
        return self._columns[index]

    def down(self, index: int, rows: Sequence[int]) -> Sequence[Value]:
        """Return a column's values in some rows."""
        return picked(self.column(index), rows)

    def coded(self, index: int, rows: Sequence[int]) -> Coded[Value]:
        """Return a column's values in the rows of a body, by their numbers; worked out once."""
        key = index, id(rows)
        if key not in self._coded:  # the rows are kept, so that nothing else takes their id
            self._coded[key] = rows, coded(self.down(index, rows), len(rows))
        return self._coded[key][1]

    def held(self, index: int, rows: Sequence[int]) -> dict[Value, int]:
        """Return how often each value that says something stands in a column of a body."""
        found = self.coded(index, rows)
        both = zip(found.values, found.times(), strict=True)
        return {value: often for value, often in both if value is not None and value != ""}

    def filled(self, row: int) -> list[int]:
        """Return the columns of ``row`` that hold something of their own."""
        return [c for c, value in enumerate(self.rows[row]) if value is not None and value != ""]


@lru_cache(maxsize=50_000)  # the sheets of a form repeat their stubs
def names_a_row(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a text before numbers is no frame's 甲 or 12, no 季度 and no 电话:."""
    text = vocabulary.label(word).text
    short = not text or text in PARTS or FRAME.match(text)
    return not (short or text.startswith(vocabulary.words["signature"]))


def _columns(rows: Sequence[Sequence[Value]], width: int) -> list[Sequence[Value]]:
    """The columns of rows; of thousands that are equally long, in a third of the time of zip."""
    if sum(map(len, rows)) < width * len(rows):
        return list(zip_longest(*rows))
    cells = list(chain.from_iterable(rows))
    return [cells[column::width] for column in range(width)]


def picked(column: Sequence[Value], rows: Sequence[int]) -> Sequence[Value]:
    """A column's values in some rows; those of a body mostly follow one another."""
    if rows and rows[-1] - rows[0] == len(rows) - 1:
        return column[rows[0] : rows[-1] + 1]
    return [column[row] for row in rows]


def is_number(value: Value) -> bool:
    """Whether a stored value is a number (a boolean is not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def with_gaps(rows: Sequence[list[Value]]) -> Iterator[list[Value]]:
    """Yield the rows of which a cell is empty or nought: among thousands mostly none is."""
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        if not all(chain.from_iterable(block)):
            yield from filterfalse(all, block)
