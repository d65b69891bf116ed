"""From values to places: round steps of an axis that always holds nought."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

STEPS = (1.0, 2.0, 5.0, 10.0)


class Scale(NamedTuple):
    """Values from ``low`` to ``high`` over a length that starts at ``start``; ``step`` is round."""

    low: float
    high: float
    step: float
    start: float
    length: float

    def __call__(self, value: float) -> float:
        """Return the place of a value; a negative length runs upwards."""
        return self.start + (value - self.low) / (self.high - self.low) * self.length

    def ticks(self) -> list[float]:
        """Return the round values from low to high."""
        n = round((self.high - self.low) / self.step)
        return [self.low + k * self.step for k in range(n + 1)]


def scale(
    values: Iterable[float | None], decimals: int, start: float, length: float, n_ticks: int = 4
) -> Scale:
    """Return a scale that holds nought and all values; no step is finer than is printed."""
    known = [v for v in values if v is not None]
    low, high = min((0.0, *known)), max((0.0, *known))
    finest = 10.0**-decimals
    if high - low < finest:
        high = low + finest
    step = max(_round_step((high - low) / n_ticks), finest)
    return Scale(floor(low / step) * step, ceil(high / step - 1e-9) * step, step, start, length)


def _round_step(rough: float) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below ``rough``."""
    power = 10.0 ** floor(log10(rough))
    return next(s * power for s in STEPS if s * power >= rough * (1 - 1e-9))
