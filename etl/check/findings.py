"""What a check finds: the reports that do not agree, and by how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from etl.check.reports import Amounts, Flags


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction. The issue stands at the first of ``left``; the others are named in it.

    ``left`` and ``right`` are numbers of reports; amounts are in the base unit, None where there
    is none to tell. ``words`` fill further blanks of the rule's sentence.
    """

    rule: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: float
    other_value: float
    tolerance: float | None = None
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """By how much the two sides differ."""
        return abs(self.value - self.other_value)


def clearly_above(a: Amounts, b: Amounts) -> Flags:
    """Whether ``a`` exceeds ``b``; sums of binary fractions are off in the last digits."""
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1)
    return np.isfinite(size) & (a - b > 1e-9 * np.where(np.isfinite(size), size, 0))
