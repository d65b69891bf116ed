"""Merged ranges: cut to what is used, and empty but for their first cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.records import Value

OVERLAP = 4  # scripts write the same merge twice; a thousand times is an attack on time
Merge = tuple[int, int, int, int]


def cut(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> list[Merge]:
    """Cut merged ranges to the used range; a title merged over a whole row reaches column XFD.

    Raises ``ValueError`` where they cover the sheet many times over.
    """
    merges, area = [], 0
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            merges.append((top, left, bottom, right))
            area += (bottom - top + 1) * (right - left + 1)
    if area > OVERLAP * height * width:
        raise ValueError("merged ranges lie over each other many times")
    return merges


def cover(rows: list[list[Value]], merges: list[Merge]) -> frozenset[tuple[int, int]]:
    """Empty the covered cells of merged ranges: what lies below a merge nobody ever saw.

    Returns which of them held a number: someone once typed it, and no one will miss it by sight.
    """
    covered: list[tuple[int, int]] = []
    for top, left, bottom, right in merges:
        seen = rows[top][left]
        rows[top][left] = None
        for number, row in enumerate(rows[top : bottom + 1], top):
            below = row[left : right + 1]
            if below.count(None) < len(below):
                covered += [
                    (number, column)
                    for column, value in enumerate(below, left)
                    if isinstance(value, int | float)
                ]
                row[left : right + 1] = [None] * len(below)
        rows[top][left] = seen
    return frozenset(covered)
