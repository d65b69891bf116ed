"""Classes of a map: few, cut where values part, their limits as round as can be."""

from __future__ import annotations

from bisect import bisect_right
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from dashboard.charts.chart import SEQUENCE
from dashboard.locale.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.boundaries.rules import Method
    from dashboard.locale import Words

ROUND = (5.0, 2.0, 1.0)  # times a power of ten, the roundest first
PALEST = 1  # the shade before it is hardly seen on white
TELLING = 2.0  # a limit between one and two would say of persons which of them it is


def limits(values: Iterable[float], most: int, method: Method, decimals: int) -> tuple[float, ...]:
    """Return where values are cut; a value at a limit belongs above it.

    Six counties get at most four classes: one each would tell no more than the figures do. Values
    that read the same (``decimals``) are never parted.
    """
    known = sorted({round(value, decimals) for value in values})
    if len(known) < 2:
        return ()
    n = min(most, 1 + len(known) // 2)
    cut = _equal if method == "equal" else _quantile
    found = sorted({*cut(known, n, decimals)} - {known[0]})
    return tuple(limit for limit in found if decimals or limit != TELLING)


def _equal(known: Sequence[float], n: int, decimals: int) -> list[float]:
    width = (known[-1] - known[0]) / n
    return [round(known[0] + width * k, decimals) for k in range(1, n)]


def _quantile(known: Sequence[float], n: int, decimals: int) -> list[float]:
    cuts = [round(k * len(known) / n) for k in range(1, n)]
    near = len(known) // (4 * n)  # values that may change class for a rounder limit
    return [roundest(known[cut - 1 - near], known[cut + near], decimals) for cut in cuts]


def roundest(low: float, high: float, decimals: int) -> float:
    """Return the roundest number above ``low`` and not above ``high``."""
    if low < 0 <= high:
        return 0.0
    for power in range(ceil(log10(max(abs(low), abs(high)))) + 1, -decimals - 1, -1):
        for factor in ROUND:
            step = factor * 10.0**power
            found = round(floor(high / step + 1e-9) * step, decimals)
            if low < found <= high:
                return found
    return high


def class_of(value: float, cuts: Sequence[float], decimals: int) -> int:
    """Return which class a value belongs to, nought being the lowest."""
    return bisect_right(cuts, round(value, decimals))


def shades(n: int) -> tuple[str, ...]:
    """Return the colours of ``n`` classes, from pale to dark, as far apart as there are."""
    last = len(SEQUENCE) - 1
    if n == 1:
        return (SEQUENCE[(PALEST + last) // 2],)
    return tuple(SEQUENCE[round(PALEST + k * (last - PALEST) / (n - 1))] for k in range(n))


def class_names(cuts: Sequence[float], decimals: int, words: Words) -> list[str]:
    """Return what the legend says of each class, with no more decimals than its limits need."""
    if not cuts:
        return [words("map.all")]
    fewest = next(d for d in range(decimals + 1) if d == decimals or _exact(cuts, d))
    said = [number(cut, fewest) for cut in cuts]
    between = [
        words("map.between", low=low, high=high) for low, high in zip(said, said[1:], strict=False)
    ]
    return [words("map.below", high=said[0]), *between, words("map.above", low=said[-1])]


def _exact(cuts: Sequence[float], decimals: int) -> bool:
    return all(round(cut, decimals) == cut for cut in cuts)
