"""Cell addresses as XML writes them: B5 is row 4, column 1, both counted from 0."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def parse(address: str) -> tuple[int, int]:
    """Return row and column of an address such as B5."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]) - 1, column(letters)


@cache
def column(letters: str) -> int:
    """Return the column of its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@cache
def letters(column: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """Return a cell's name: row 4, column 1 is B5."""
    return f"{letters(column)}{row + 1}"


def each(addresses: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of 'C5:C12,E7' one by one."""
    for stretch in filter(None, addresses.split(",")):
        first, _, last = stretch.partition(":")
        (top, left), (bottom, right) = parse(first), parse(last or first)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield row, column


def ranges(cells: Iterable[tuple[int, int]]) -> str:
    """Return addresses, those below each other as ranges: 'C5:C12,E7'."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        columns[column].append(row)
    found = []
    for column, rows in sorted(columns.items()):
        for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            stretch = [address(row, column) for _, row in run]
            found.append(":".join(dict.fromkeys((stretch[0], stretch[-1]))))
    return ",".join(found)
