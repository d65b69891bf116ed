"""A rate's change divided among areas, after Kitagawa (1955).

A rate of several areas is the mean of theirs, weighted by their shares of the denominator. Its
change is the sum of what each area's own rate moved, at the mean of its two weights, and of what
each area's weight moved, at how far the mean of its two rates lies from that of all. Means of both
windows leave nothing over, and neither window is preferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Counted(NamedTuple):
    """The numerator of an area's rate now and before, and its denominator."""

    above: float
    above_before: float
    below: float
    below_before: float


class Effect(NamedTuple):
    """What an area adds by its own rate, and what by its weight among all."""

    own: float
    mix: float


class Shift(NamedTuple):
    """The rate of all areas together, now and before, and what each adds to its change."""

    now: float
    before: float
    effects: Mapping[str, Effect]


def shifts(counted: Mapping[str, Counted], factor: float) -> Shift | None:
    """Divide a change among areas; ``factor`` is 100 for per cent. None without a denominator."""
    known = {code: c for code, c in counted.items() if c.below > 0 and c.below_before > 0}
    if not known:
        return None
    sums = Counted(*(sum(column) for column in zip(*known.values(), strict=True)))
    now = factor * sums.above / sums.below
    before = factor * sums.above_before / sums.below_before
    middle = (now + before) / 2
    effects = {}
    for code, c in known.items():
        weight, weight_before = c.below / sums.below, c.below_before / sums.below_before
        rate, rate_before = factor * c.above / c.below, factor * c.above_before / c.below_before
        effects[code] = Effect(
            own=(weight + weight_before) / 2 * (rate - rate_before),
            mix=((rate + rate_before) / 2 - middle) * (weight - weight_before),
        )
    return Shift(now, before, effects)
