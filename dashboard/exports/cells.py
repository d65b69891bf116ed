"""Names many cells of a sheet in few words: B5:D11, F5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


def ranges(cells: Iterable[str]) -> str:
    """Name cells as a person would: B5:D11, F5; what is no address stands as it is."""
    found = {cell: ADDRESS.fullmatch(cell) for cell in cells}
    at = {(_number(m[1]), int(m[2])) for m in found.values() if m}
    other = sorted(cell for cell, m in found.items() if not m)
    return ", ".join([*(_named(block) for block in _blocks(at)), *other])


def _blocks(at: set[tuple[int, int]]) -> Iterable[tuple[int, int, int, int]]:
    """Return boxes that together hold the places: as far down as they go, then to the right."""
    left = set(at)
    while left:
        column, top = min(left)
        bottom = top
        while (column, bottom + 1) in left:
            bottom += 1
        last = column
        while all((last + 1, row) in left for row in range(top, bottom + 1)):
            last += 1
        yield column, top, last, bottom
        left -= {(c, r) for c in range(column, last + 1) for r in range(top, bottom + 1)}


def _named(block: tuple[int, int, int, int]) -> str:
    column, top, last, bottom = block
    first, end = f"{_letters(column)}{top}", f"{_letters(last)}{bottom}"
    return first if first == end else f"{first}:{end}"


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(65 + last)
