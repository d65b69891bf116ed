"""Arithmetic between indicators: the sums that a declared relation sets against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from etl.check.findings import Finding, clearly_above
from etl.check.reports import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.catalogue import Catalogue, Relation, Term
    from etl.check.reports import Amounts, Numbers, Reports

    Sides = tuple[Amounts, Amounts, Amounts]  # value, low, high of a side, one a place


def formula(reports: Reports, relation: Relation) -> list[Finding]:
    """Where ``left`` is above ``right``, or differs from it where they should be equal.

    Reports meet that share dataset, area, period and breakdown; a relation that names a breakdown
    compares those that it names, and the totals of the indicators that it names bare. Where a
    term was not reported, nothing is said.
    """
    terms = [*relation.left, *relation.right]
    rows = _met(reports, terms)
    n_left = len(relation.left)
    left = _side(reports, relation.left, rows[:n_left])
    right = _side(reports, relation.right, rows[n_left:])
    wrong = clearly_above(left[1], right[2])
    if relation.kind == "about_equal":
        wrong |= clearly_above(right[1], left[2])
    tolerance = (left[2] - left[1] + right[2] - right[1]) / 2
    return [
        Finding(
            f"relation_{relation.kind}",
            tuple(int(own[at]) for own in rows[:n_left]),
            tuple(int(own[at]) for own in rows[n_left:]),
            float(left[0][at]),
            float(right[0][at]),
            float(tolerance[at]) if np.isfinite(tolerance[at]) else None,
        )
        for at in np.flatnonzero(wrong).tolist()
    ]


def rates(reports: Reports, catalogue: Catalogue) -> list[Finding]:
    """Printed rates that are not their numerator over their denominator, within the rounding."""
    found = []
    for rate in catalogue.indicators.values():
        if rate.numerator and rate.denominator:
            codes = (rate.indicator, rate.numerator, rate.denominator)
            found += _rate(reports, codes, 100.0 if rate.unit_measure == "percent" else 1.0)
    return found


def _rate(reports: Reports, codes: Sequence[str], factor: float) -> list[Finding]:
    rows = _together([(_place(reports, own := reports.of(code)), own) for code in codes])
    rows = [own[reports.low[rows[2]] > 0] for own in rows]
    rate, above, below = rows
    low = factor * reports.low[above] / reports.high[below]
    high = factor * reports.high[above] / reports.low[below]
    value = factor * reports.value[above] / reports.value[below]
    wrong = clearly_above(reports.low[rate], high) | clearly_above(low, reports.high[rate])
    return [
        Finding(
            "rate_differs",
            (int(rate[at]),),
            (int(above[at]), int(below[at])),
            float(reports.value[rate[at]]),
            float(value[at]),
            float(reports.high[rate[at]] - reports.low[rate[at]]) / 2,
        )
        for at in np.flatnonzero(wrong).tolist()
    ]


def _met(reports: Reports, terms: Sequence[Term]) -> list[Numbers]:
    """For each term its reports, in line with those of the other terms at the same place."""
    named = any(term.breakdown for term in terms)
    found = []
    for term in terms:
        own = reports.of(term.indicator, (term.breakdown or TOTAL) if named else None)
        found.append((_place(reports, own, breakdown=not named), own))
    return _together(found)


def _place(reports: Reports, own: Numbers, *, breakdown: bool = True) -> Numbers:
    """One number for dataset, area, breakdown and period of each report; it sorts as they do."""
    n_areas, n_breakdowns = (len(reports.words[name]) for name in ("ref_area", "breakdown"))
    place: Numbers = (
        reports.series[own] - reports.indicator[own].astype(np.int64) * n_areas * n_breakdowns
    )
    if not breakdown:
        place -= reports.breakdown[own]
    first, size = reports.start.min(initial=0), reports.end.max(initial=0) + 1
    size -= first
    place *= size
    place += reports.start[own] - first
    place *= size
    place += reports.end[own] - first
    return place


def _together(found: Sequence[tuple[Numbers, Numbers]]) -> list[Numbers]:
    """The rows of each list whose places occur in all of them; places are sorted."""
    common = found[0][0]
    for place, _ in found[1:]:
        common = np.intersect1d(common, place, assume_unique=True)
    return [own[np.searchsorted(place, common)] for place, own in found]


def _side(reports: Reports, terms: Sequence[Term], rows: Sequence[Numbers]) -> Sides:
    """The sum of a side at each place: value, least and most that it can mean."""
    value, low, high = (np.zeros(len(rows[0])) for _ in range(3))
    for term, own in zip(terms, rows, strict=True):
        bounds = [term.factor * reports.low[own], term.factor * reports.high[own]]
        value += term.factor * reports.value[own]
        low += bounds[0] if term.factor > 0 else bounds[1]
        high += bounds[1] if term.factor > 0 else bounds[0]
    return value, low, high
