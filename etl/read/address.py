"""Cell addresses as XML writes them: B5 is row 4, column 1, both counted from 0."""

from __future__ import annotations

from functools import cache


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
