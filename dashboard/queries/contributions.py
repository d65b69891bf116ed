"""Contributions: what each county, or each part, adds to the change between two windows.

Contributions add up to the change that is explained. A change is taken like for like, over the
areas that have a value in both windows; what they leave of an area's own figure is the rest.
Inexact values (10余, 近30万) take part where their bounds tell whether they rose or fell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.queries.areas import children
from dashboard.queries.comparison import alike, compared, known_change, sign_known
from dashboard.queries.definitions import definition_changes
from dashboard.queries.months import month_text
from dashboard.queries.rates import Counted, shifts
from dashboard.queries.values import OWN, TOTAL, Change, Value, total
from dashboard.queries.windows import kind_of, rebuilt, values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import duckdb

    from dashboard.queries.definitions import DefinitionChange
    from dashboard.queries.months import Window
    from dashboard.queries.windows import Found, Windowed

# Why a change is not known, or not divided; '' where it is.
Refusal = Literal["", "no_value", "redefined", "unknown_sign", "not_additive"]
Pair = tuple[Value | None, Value | None]  # now and before

NOISE = 1e-9  # smaller, beside the figures that it is left of, is the noise of adding up


class Comparison(NamedTuple):
    """Two windows of an indicator in an area: what is compared, and with what."""

    dataset: str
    indicator: str
    area: str
    now: Window
    base: Window
    breakdown: str = TOTAL


class Part(NamedTuple):
    """What an area, or a part of the total, adds to a change: in the base unit, or in points.

    Of a rate ``mix`` is how much of that is due to the area's greater or smaller weight.
    """

    code: str
    now: Value
    before: Value
    effect: float
    exact: bool = True
    mix: float = 0.0


class Explanation(NamedTuple):
    """A change and its parts, the largest rise first and the largest fall last.

    ``now`` and ``before`` are what the area itself shows; ``change`` is what is explained, over
    ``change.n_areas`` areas where these are not all. ``apart`` are the parts that are not
    compared: without a value, or inexact so that nobody knows whether they rose. ``rest`` is what
    no part explains. ``rests_on`` are the values that it was worked out from.
    """

    now: Value
    before: Value
    change: Change | None = None
    parts: tuple[Part, ...] = ()
    apart: tuple[tuple[str, Value], ...] = ()
    rest: float = 0.0
    refused: Refusal = ""
    redefined: tuple[DefinitionChange, ...] = ()
    rests_on: tuple[Windowed, ...] = ()


def by_area(con: duckdb.DuckDBPyConnection, asked: Comparison) -> Explanation | None:
    """Explain a change by the areas below; None where nothing was expected in a window."""
    below = children(con, asked.area)
    kind = kind_of(con, asked.indicator)
    indicators = [i for i in (asked.indicator, kind.numerator, kind.denominator) if i]
    found, *counts = (
        found_in(con, asked, indicator, (asked.area, *below), (asked.breakdown,))
        for indicator in indicators
    )
    if counts:
        found = rebuilt(found, counts[0], counts[1], kind.factor)
    now, before = pair_of(found, asked, asked.area, asked.breakdown)
    if now is None or before is None:
        return None
    behind = tuple(w for some in (found, *counts) for w in some.values())
    explained = Explanation(now, before, rests_on=behind)
    redefined = _redefined(con, asked)
    if redefined:
        return explained._replace(refused="redefined", redefined=redefined)
    pairs = {code: pair_of(found, asked, code, asked.breakdown) for code in below}
    if counts and below:
        return _of_rate(explained, asked, pairs, counts, kind.factor)
    if kind.area_aggregation == "sum" and below:
        return of_sum(explained, pairs)
    change = known_change(now, before)
    refused: Refusal = "not_additive" if below and change else "" if change else _why(now, before)
    return explained._replace(change=change, refused=refused)


def found_in(
    con: duckdb.DuckDBPyConnection,
    asked: Comparison,
    indicator: str,
    areas: Collection[str],
    breakdowns: Collection[str],
) -> Found:
    """Return the values of both windows, by area, breakdown and window."""
    windows = (asked.now, asked.base)
    return values(con, asked.dataset, indicator, areas, windows, breakdowns)


def pair_of(found: Found, asked: Comparison, area: str, breakdown: str) -> Pair:
    """Return the values of an area, now and before."""
    now, before = (found.get((area, breakdown, window)) for window in (asked.now, asked.base))
    return now.value if now else None, before.value if before else None


def divided(
    explained: Explanation, pairs: Mapping[str, Pair], changes: Mapping[str, Change]
) -> Explanation:
    """Divide a change among the parts that have one of their own; the rest is left over."""
    parts = [
        Part(code, now, before, changes[code].difference, changes[code].exact)
        for code, (now, before) in pairs.items()
        if code in changes and now and before
    ]
    whole = explained.change.difference if explained.change else 0.0
    rest = whole - sum(part.effect for part in parts)
    scale = sum(abs(c.now) + abs(c.before) for c in changes.values())
    return explained._replace(
        parts=ordered(parts),
        apart=_apart(pairs, changes),
        rest=rest if abs(rest) > NOISE * scale else 0.0,
    )


def ordered(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Put the largest rise first and the largest fall last."""
    return tuple(sorted(parts, key=lambda p: (-p.effect, p.code)))


def _redefined(con: duckdb.DuckDBPyConnection, asked: Comparison) -> tuple[DefinitionChange, ...]:
    """Return the changes of definition after the first month of both windows."""
    first = month_text(min(asked.now.first, asked.base.first))
    last = month_text(max(asked.now.last, asked.base.last))
    changes = definition_changes(con).get(asked.indicator, ())
    return tuple(c for c in changes if first < c.starts_on[:7] <= last)


def of_sum(explained: Explanation, pairs: Mapping[str, Pair]) -> Explanation:
    """Divide a sum's change; of a sum over some areas, only what is in both windows."""
    now, before = explained.now, explained.before
    changes = {code: c for code, pair in pairs.items() if (c := known_change(*pair))}
    found = {
        (v.indicator, code, v.time_period): v for code, pair in pairs.items() for v in pair if v
    }
    found[before.indicator, before.ref_area, before.time_period] = before
    change = compared(now, before.time_period, found, tuple(pairs))
    own = now.method in OWN and before.method in OWN
    unknown = any(alike(*pair) and code not in changes for code, pair in pairs.items())
    compared_over = [(now, before)]
    if changes and not own and (change is None or unknown):
        change = total(list(changes.values()))
        compared_over = [(a, b) for code in changes for a, b in [pairs[code]] if a and b]
    if change is None:
        return explained._replace(apart=_apart(pairs, changes), refused="no_value")
    if not change.exact and change.difference and not sign_known(*compared_over):
        return explained._replace(apart=_apart(pairs, changes), refused="unknown_sign")
    return divided(explained._replace(change=change), pairs, changes)


def _of_rate(
    explained: Explanation,
    asked: Comparison,
    pairs: Mapping[str, Pair],
    counts: list[Found],
    factor: float,
) -> Explanation:
    """Divide a rate's change among the areas of which both counts are known in both windows."""
    above, below = counts
    counted = {}
    for code, rates in pairs.items():
        four = (*pair_of(above, asked, code, asked.breakdown),
                *pair_of(below, asked, code, asked.breakdown))  # fmt: skip
        if all(rates) and _countable(four):
            counted[code] = Counted(*(v.obs_value or 0.0 for v in four if v))
    shift = shifts(counted, factor)
    if shift is None:
        change = known_change(explained.now, explained.before)
        refused: Refusal = "not_additive" if change else _why(explained.now, explained.before)
        return explained._replace(change=change, refused=refused)
    parts = [
        Part(code, now, before, effect.own + effect.mix, mix=effect.mix)
        for code, effect in shift.effects.items()
        for now, before in [pairs[code]]
        if now and before
    ]
    own = (explained.now.obs_value, explained.before.obs_value)
    whole = all(
        value is not None and abs(value - rebuilt) <= NOISE * factor
        for value, rebuilt in zip(own, (shift.now, shift.before), strict=True)
    )
    return explained._replace(
        change=Change(shift.now, shift.before, 0 if whole else len(parts), True),
        parts=ordered(parts),
        apart=_apart(pairs, counted),
    )


def _countable(values: Iterable[Value | None]) -> bool:
    """Return whether values are all there, exact, and of as many areas."""
    known = [v for v in values if v and v.obs_value is not None and v.qualifier == "exact"]
    return len(known) == 4 and len({v.n_reported for v in known}) == 1


def _why(now: Value | None, before: Value | None) -> Refusal:
    return "unknown_sign" if alike(now, before) else "no_value"


def _apart(pairs: Mapping[str, Pair], compared: Collection[str]) -> tuple[tuple[str, Value], ...]:
    """Return the parts that are not compared, each with the value that tells why."""
    apart = []
    for code, pair in pairs.items():
        known = [value for value in pair if value]
        if code not in compared and known:
            apart.append((code, next((v for v in known if v.obs_value is None), known[0])))
    return tuple(apart)
