"""What a check finds: the reports that do not agree, and by how much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.check.reports import Amounts, Flags, Reports

OFTEN = 10  # so many of one kind in a sheet have one cause, such as two columns swapped


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction. The issue stands at the first of ``left``; the others are named in it.

    ``left`` and ``right`` are numbers of reports; amounts are in the base unit, None where there
    is none to tell. ``also`` are further reports with the same cause, of which only the cells are
    named. ``words`` fill further blanks of the rule's sentence.
    """

    rule: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: float
    other_value: float
    tolerance: float | None = None
    also: tuple[int, ...] = ()
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """By how much the two sides differ."""
        return abs(self.value - self.other_value)


def clearly_above(a: Amounts, b: Amounts) -> Flags:
    """Whether ``a`` exceeds ``b``; sums of binary fractions are off in the last digits."""
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1)
    return np.isfinite(size) & (a - b > 1e-9 * np.where(np.isfinite(size), size, 0))


def bundled(reports: Reports, found: Sequence[Finding]) -> list[Finding]:
    """The findings of one relation; those of a sheet become one where they are many."""
    if len(found) <= OFTEN:
        return list(found)
    places = reports.told([one.left[0] for one in found], ["source_id", "sheet"])
    numbers = [places[name].combine_chunks().indices.to_pylist() for name in places.column_names]
    sheets: dict[tuple[int, ...], list[Finding]] = defaultdict(list)
    for one, *place in zip(found, *numbers, strict=True):
        sheets[tuple(place)].append(one)
    return [one for findings in sheets.values() for one in _one_or_each(findings)]


def _one_or_each(findings: list[Finding]) -> list[Finding]:
    if len(findings) <= OFTEN:
        return findings
    also = tuple(one.left[0] for one in findings[1:])
    words = {"count": len(findings)}
    return [replace(findings[0], rule="relation_broken_often", also=also, words=words)]
