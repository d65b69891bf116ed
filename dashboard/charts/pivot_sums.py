"""Which cells of a pivot a total adds up, and which a rate divides, so that a sheet may say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.queries.pivot import Cell, Pivot

PER_CENT = 100.0


def added(found: Pivot, key: Cell) -> tuple[Cell, ...]:
    """Return the cells that a total is the sum of; none where one of them is missing or inexact.

    A part to which the period does not apply, or that nobody expects, adds nothing.
    """
    parts = [part for part in _parts(found, key) if part in found.cells]
    lacking = (found.cells[part] for part in parts if not _exact(found, part))
    if not _exact(found, key) or any(v.obs_status != "M" for v in lacking):
        return ()
    return tuple(parts)


def divided(found: Pivot, key: Cell) -> tuple[Cell, ...]:
    """Return numerator and denominator of a rate in per cent."""
    rule = found.rules[key[0]]
    if rule.factor != PER_CENT or not rule.numerator or not rule.denominator:
        return ()
    parts: tuple[Cell, ...] = ((rule.numerator, *key[1:]), (rule.denominator, *key[1:]))
    return parts if all(_exact(found, cell) for cell in (key, *parts)) else ()


def places(
    at: Mapping[Cell, tuple[int, int]], cells: Sequence[Cell]
) -> tuple[tuple[int, int], ...]:
    """Return where cells stand; nothing where one stands nowhere."""
    return tuple(at[cell] for cell in cells) if all(cell in at for cell in cells) else ()


def _parts(found: Pivot, key: Cell) -> tuple[Cell, ...]:
    """Return the cells that stand for the parts of a total of areas, or of a year."""
    indicator, breakdown, area, period = key
    rule = found.rules[indicator]
    if area in found.totals and rule.area_aggregation == "sum":
        return tuple((indicator, breakdown, part, period) for part in found.totals[area])
    if period in found.totals and rule.kind == "flow":
        return tuple((indicator, breakdown, area, part) for part in found.totals[period])
    return ()


def _exact(found: Pivot, cell: Cell) -> bool:
    """Whether a value may be reckoned with: exact and in no contradiction."""
    value = found.cells.get(cell)
    known = value is not None and value.obs_value is not None
    return bool(known and value and value.qualifier == "exact" and not value.conflict)
