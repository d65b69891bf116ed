"""Like for like: a value beside that of another period, over the areas that are in both."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Literal

from dashboard.queries.periods import period_before, year_before
from dashboard.queries.values import OWN, Change, Value, bounds, change, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Against = Literal["year", "previous"]  # 同比: the year before; 环比: the period before
Key = tuple[str, str, str]  # indicator, ref_area, time_period


def base_of(period: str, against: Against) -> str:
    """Return the period that one is compared with: of 2024-Q1 2023-Q1, or 2023-Q4."""
    return year_before(period) if against == "year" else period_before(period)


def compared(
    now: Value, base: str, found: Mapping[Key, Value], children: Sequence[str]
) -> Change | None:
    """Compare with period ``base``: whole figures as they are, sums over the areas in both.

    A sum over seven counties is not comparable with one over six. Children that are sums
    themselves count when as many reported.
    """
    before = found.get((now.indicator, now.ref_area, base))
    whole = change(now, before)
    if before is None or whole is None:
        return None
    if now.method in OWN and before.method in OWN:
        return whole
    if now.n_reported == now.n_expected == before.n_expected == before.n_reported and not any(
        _exempt(found.get((now.indicator, area, period)))
        for area in children
        for period in (now.time_period, base)
    ):
        return whole
    common = _in_both(now, base, found, children)
    if common and sum(n for n, _ in common) == now.n_reported == before.n_reported:
        return whole._replace(n_areas=len(common))
    if common and "summed" in (now.method, before.method):
        return total([both for _, both in common])
    return None


def _exempt(value: Value | None) -> bool:
    """Whether an area said that the indicator does not apply to it: it is not expected then."""
    return value is not None and value.reason == "not_applicable"


def _in_both(
    now: Value, base: str, found: Mapping[Key, Value], children: Sequence[str]
) -> list[tuple[int, Change]]:
    """Return the children's changes where as many areas stand behind both, and how many."""
    common = []
    for area in children:
        child = found.get((now.indicator, area, now.time_period))
        both = alike(child, found.get((now.indicator, area, base)))
        if both and child:
            common.append((child.n_reported, both))
    return common


def alike(now: Value | None, before: Value | None) -> Change | None:
    """Compare an area's values where as many areas stand behind both."""
    return change(now, before) if now and before and now.n_reported == before.n_reported else None


def whole(*values: Value) -> bool:
    """Return whether nobody's figure is missing: the area said all itself, or all reported."""
    own = all(v.method in OWN for v in values)
    return own or all(v.n_reported == v.n_expected for v in values)


def known_change(now: Value | None, before: Value | None) -> Change | None:
    """Compare a part's values; None also where their bounds do not tell which is greater."""
    both = alike(now, before)
    if both is None or now is None or before is None or both.exact:
        return both
    return both if sign_known((now, before)) else None


def sign_known(*pairs: tuple[Value, Value]) -> bool:
    """Return whether the values of now, added up, surely lie above or below those of before.

    What one pair may have moved by lies between its lowest now less its highest before and the
    reverse; unknown bounds tell nothing.
    """
    least = most = 0.0
    for now, before in pairs:
        (low, high), (low_before, high_before) = bounds(now), bounds(before)
        least += inf if low is None or high_before is None else high_before - low
        most += inf if high is None or low_before is None else high - low_before
    return least < 0 or most < 0
