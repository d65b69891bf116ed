"""Merged ranges: cut to what is used, and empty but for their first cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.records import Value

Merge = tuple[int, int, int, int]


def cut(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], height: int, width: int
) -> list[Merge]:
    """Cut merged ranges to the used range; a title merged over a whole row reaches column XFD."""
    merges = []
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            merges.append((top, left, bottom, right))
    return merges


def cover(rows: list[list[Value]], merges: list[Merge]) -> None:
    """Empty the covered cells of merged ranges: what lies below a merge nobody ever saw."""
    for top, left, bottom, right in merges:
        seen = rows[top][left]
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [None] * (right - left + 1)
        rows[top][left] = seen
