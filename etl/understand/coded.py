"""Columns by the numbers of their distinct values: thousands of rows repeat a few words."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import NDArray

Key = TypeVar("Key", bound="Hashable")
ROOM = 4  # times the rows of a column, where a table of all its possible values is made


class Coded(NamedTuple, Generic[Key]):
    """The values of a column, each once and in the order in which they come, and a place a row.

    Equal values are one, as in a dict: the number 1 and a tick that is stored as true.
    """

    numbers: NDArray[np.int64]
    values: list[Key]

    def firsts(self) -> list[int]:
        """Return the first row of each value."""
        rows = np.zeros(len(self.values), np.int64)
        rows[self.numbers[::-1]] = np.arange(len(self.numbers))[::-1]
        return list(rows.tolist())

    def lasts(self) -> list[int]:
        """Return the last row of each value."""
        rows = np.zeros(len(self.values), np.int64)
        rows[self.numbers] = np.arange(len(self.numbers))
        return list(rows.tolist())

    def rows(self) -> list[list[int]]:
        """Return the rows of each value."""
        order = np.argsort(self.numbers, kind="stable")
        ends = np.cumsum(self.times())[:-1]
        return [part.tolist() for part in np.split(order, ends)]

    def times(self) -> list[int]:
        """Return how often each value stands in the column."""
        return list(np.bincount(self.numbers, minlength=len(self.values)).tolist())


def coded(column: Iterable[Key], size: int) -> Coded[Key]:
    """Number the values of a column of so many rows, looking at each once."""
    known: defaultdict[Key, int] = defaultdict(count().__next__)
    numbers = np.fromiter(map(known.__getitem__, column), np.int64, size)
    return Coded(numbers, list(known))


def together(columns: Sequence[Coded[Any]], size: int) -> Coded[Any]:
    """Number the rows of several columns so that those that are alike in all share a number."""

    def both(one: Coded[Any], other: Coded[Any]) -> Coded[Any]:
        pairs = one.numbers * len(other.values) + other.numbers
        return numbered(pairs, len(one.values) * len(other.values))

    return reduce(both, columns) if columns else Coded(np.zeros(size, np.int64), [()][:size])


def numbered(column: NDArray[np.int64], below: int) -> Coded[Any]:
    """Number the values of a column of numbers, which are all below a limit."""
    if below > ROOM * len(column):
        return coded(column.tolist(), len(column))
    first = np.empty(below, np.int64)  # only asked of numbers that the column holds
    first[column[::-1]] = np.arange(len(column))[::-1]
    order = column[first[column] == np.arange(len(column))]
    first[order] = np.arange(len(order))
    return Coded(first[column], list(order.tolist()))
