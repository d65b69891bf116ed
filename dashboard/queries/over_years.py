"""Over years: several years of an indicator as one value, where that says something.

Flows add up; a stock is what it was last; a rate is rebuilt from its numerator and denominator. A
total with a year missing, with a contradiction in it or across a change of definition is refused,
and its reason says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.values import status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.queries.values import Value


class Total(NamedTuple):
    """A value over several years, in the base unit; ``rests_on`` are the series behind it."""

    obs_value: float | None
    obs_status: str
    qualifier: str
    reason: str
    n_reported: int
    n_expected: int
    rests_on: tuple[int, ...] = ()


def summed(values: Sequence[Value | None], *, redefined: bool) -> Total:
    """Return the sum of a flow's years, or why there is none."""
    known = [v for v in values if v is not None and v.obs_value is not None]
    reason = _refusal(values, redefined=redefined)
    if reason:
        return refused(reason)
    return Total(
        sum(v.obs_value or 0.0 for v in known),
        status_of(known),
        weakest([v.qualifier for v in known]),
        "",
        min(v.n_reported for v in known),
        max(v.n_expected for v in known),
        tuple(v.series_id for v in known),
    )


def last(values: Sequence[Value | None]) -> Total:
    """Return what a stock was at the end of the last year, or why that is not known."""
    value = values[-1]
    if value is None:
        return refused("years_missing")
    return Total(
        value.obs_value, value.obs_status, value.qualifier, value.reason,
        value.n_reported, value.n_expected, (value.series_id,),
    )  # fmt: skip


def rebuilt(numerator: Total, denominator: Total) -> Total:
    """Return a rate in per cent from the sums of its parts; never a mean of the years' rates."""
    reason = numerator.reason or denominator.reason
    if reason or numerator.obs_value is None or not denominator.obs_value:
        return refused(reason or "years_missing")
    return Total(
        100 * numerator.obs_value / denominator.obs_value,
        max(numerator.obs_status, denominator.obs_status),
        weakest([numerator.qualifier, denominator.qualifier], of_rate=True),
        "",
        min(numerator.n_reported, denominator.n_reported),
        max(numerator.n_expected, denominator.n_expected),
        numerator.rests_on + denominator.rests_on,
    )


def refused(reason: str) -> Total:
    """Return no value and why."""
    return Total(None, "O", "exact", reason, 0, 0)


def weakest(qualifiers: Sequence[str], *, of_rate: bool = False) -> str:
    """Return how exact a sum is, as the loader has it: 余 beside 近 is 约; so is a rate of any."""
    found = set(qualifiers) - {"exact"}
    if not found or "implied" in found:
        return "implied" if found else "exact"
    beside = "nearly" in found and found & {"at_least", "over"}
    if of_rate or beside or "about" in found:
        return "about"
    return next(q for q in ("nearly", "at_least", "over") if q in found)


def _refusal(values: Sequence[Value | None], *, redefined: bool) -> str:
    """Return why years do not add up, '' where they do."""
    if any(v is None or v.obs_value is None for v in values):
        return "years_missing"
    known = [v for v in values if v is not None]
    if any(v.conflict for v in known):
        return "conflict"
    if any(v.n_reported < v.n_expected for v in known):
        return "incomplete"
    return "redefined" if redefined else ""
