"""Boxes on a slide, in inches: what stands where, and how large a text may be to fit its own."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from dashboard.exports.svg.words import width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

MARGIN, LINE = 0.1, 1.35  # inches inside a box at the sides; height of a line of Chinese
INSET = 0.05  # inches inside a box above and below
POINTS, EMU = 72, 914_400  # in an inch
GUTTER = 0.2
WIDER = 1.04  # a text may be than measured, where another typeface stands in or it is bold


class Box(NamedTuple):
    """A place on a slide."""

    left: float
    top: float
    width: float
    height: float

    def take(self, height: float) -> tuple[Box, Box]:
        """Cut a strip off the top; return it and the rest."""
        return self._replace(height=height), Box(
            self.left, self.top + height, self.width, self.height - height
        )


def grid(box: Box, n: int) -> list[Box]:
    """Divide a box into ``n`` of equal size, row by row: two side by side, four in two rows."""
    if n == 0:
        return []
    columns = n if n <= 3 and box.width / n >= 3.5 else ceil(n**0.5)
    rows = ceil(n / columns)
    width = (box.width - GUTTER * (columns - 1)) / columns
    height = (box.height - GUTTER / 2 * (rows - 1)) / rows
    return [
        Box(
            box.left + k % columns * (width + GUTTER),
            box.top + k // columns * (height + GUTTER / 2),
            width,
            height,
        )
        for k in range(n)
    ]


def fitted(lines: Sequence[str], box: Box, sizes: Sequence[int]) -> tuple[list[str], int]:
    """Return lines and the first size in which they fit a box; else the first of them is cut."""
    if not lines:
        return [], sizes[0]
    width = (box.width - 2 * MARGIN) * POINTS
    for size in sizes:
        if lines_of(lines, width, size) <= _room(box, size):
            return list(lines), size
    size = sizes[-1]
    rest = list(lines[1:])
    left = max(1, _room(box, size) - lines_of(rest, width, size))
    return [_cut(lines[0], width, size, left), *rest], size


def _cut(line: str, width: float, size: float, most: int) -> str:
    """Return what of a line some lines of type hold; a space at a line's end stays a space."""
    kept = ""
    for part in wrapped(line, width, size, most):
        rest = line[len(kept) :]
        kept += rest[: len(rest) - len(rest.lstrip())] + part
    return kept


def lines_of(lines: Sequence[str], width: float, size: float) -> int:
    """Return how many lines of type some lines of text take in a width in points."""
    room = width / WIDER
    return sum(
        1 if width_of(line, size) <= room else len(wrapped(line, room, size, len(line) + 1))
        for line in lines
    )


def _room(box: Box, size: int) -> int:
    return int((box.height - 2 * INSET) * POINTS / (size * LINE))
