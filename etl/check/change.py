"""Changes that are hardly right: a leap against last year, a count that only grows and fell.

A leap is told by the changes of the other areas, never by a fixed per cent: 慰问金 of a county may
double, and the cards issued hardly move.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from etl.check.findings import Finding, clearly_above

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from etl.catalogue import Catalogue, Indicator
    from etl.check.reports import Codes, Flags, Numbers, Reports

EPOCH = dt.date(1970, 1, 1)
LEAP = 7.0  # deviations by which a change lies outside what is usual
CHANGES = 12  # changes that tell how much an indicator moves in a year
BESIDE = 5  # changes of one time that tell what all areas did
STEADY = 0.05  # no indicator is thought to move less than that in a year, as a logarithm
NORMAL = 1.4826  # a normal distribution's standard deviation, in its median deviations


def fallen(reports: Reports, indicators: Sequence[str], catalogue: Catalogue) -> list[Finding]:
    """Stocks that are declared never to fall, below their last count."""
    codes = [reports.number("indicator", code) for code in indicators]
    own = np.flatnonzero(np.isin(reports.indicator, codes))
    before, after = own[:-1], own[1:]
    same = reports.series[before] == reports.series[after]
    same &= ~_redefined(reports, before, after, catalogue)
    fell = same & clearly_above(reports.low[before], reports.high[after])
    return [
        Finding(
            "stock_fell", (now,), (then,), float(reports.value[now]), float(reports.value[then])
        )
        for now, then in zip(after[fell].tolist(), before[fell].tolist(), strict=True)
    ]


def _redefined(reports: Reports, before: Numbers, after: Numbers, catalogue: Catalogue) -> Flags:
    """Whether the definition of an indicator changed between two of its reports."""
    found = np.zeros(len(after), np.bool_)
    for number, code in enumerate(reports.words["indicator"]):
        for one in catalogue.indicators[code].breaks:
            day = (one.starts_on - EPOCH).days
            across = (reports.end[before] < day) & (reports.end[after] >= day)
            found |= across & (reports.indicator[after] == number)
    return found


def _finding(rule: str, reports: Reports, now: int, then: int) -> Finding:
    value, other = (float(reports.value[row]) for row in (now, then))
    return Finding(rule, (now,), (then,), value, other)


def leaps(reports: Reports, catalogue: Catalogue, wrong: Container[int]) -> list[Finding]:
    """Values whose change on last year lies far outside the changes of the indicator's other areas.

    Changes are compared as logarithms, and those of few persons or events by the chance that
    moves them anyway: from 2 to 5 is no leap, from 200 to 500 may be one. What is ``wrong``
    already explains its own leap and the one back, a year later.
    """
    found: list[tuple[int, int]] = []
    for first, last in reports.subjects():
        indicator = catalogue.indicators[reports.words["indicator"][reports.indicator[first]]]
        if last - first > CHANGES and indicator.kind in ("flow", "stock"):
            own, base = _a_year_apart(reports, first, last)
            comparable = ~_redefined(reports, base, own, catalogue)
            found += _leaps(reports, own[comparable], base[comparable], indicator, catalogue)
    leapt = {now for now, _ in found}
    return [
        _finding("leap", reports, now, then)
        for now, then in found
        if then not in leapt and now not in wrong and then not in wrong
    ]


def _leaps(
    reports: Reports, own: Numbers, base: Numbers, indicator: Indicator, catalogue: Catalogue
) -> list[tuple[int, int]]:
    """The leaps of one indicator: outside its changes of all years and of the same time."""
    if len(own) < CHANGES:
        return []
    change = np.log(reports.value[own] / reports.value[base])
    middle = np.median(change)
    spread = max(NORMAL * float(np.median(np.abs(change - middle))), STEADY)
    variance = np.full(len(own), spread**2)
    if catalogue.units[indicator.display_unit].dimension == "count":
        variance += 1 / reports.value[own] + 1 / reports.value[base]
    limit = LEAP * np.sqrt(variance)
    found = []
    for at in np.flatnonzero(np.abs(change - middle) > limit).tolist():
        then = (reports.end[own] == reports.end[own[at]]) & (
            reports.start[own] == reports.start[own[at]]
        )
        usual = np.median(change[then]) if then.sum() >= BESIDE else middle
        if abs(change[at] - usual) > limit[at]:
            found.append((int(own[at]), int(base[at])))
    return found


def _a_year_apart(reports: Reports, first: int, last: int) -> tuple[Numbers, Numbers]:
    """Reports above nought, and those of the same series and months a year before."""
    own = first + np.flatnonzero(reports.value[first:last] > 0)
    start, end = np.split(_months(np.r_[reports.start[own], reports.end[own]]), 2)
    width = int(end.max(initial=0)) + 13
    place = (reports.series[own] * width + start) * width + end
    before = place - 12 * width - 12
    at = np.minimum(np.searchsorted(place, before), max(len(own) - 1, 0))
    there = place[at] == before
    return own[there], own[at[there]]


def _months(days: Codes) -> Numbers:
    """The number of the month that each day lies in, from the first of them on."""
    first, last = int(days.min(initial=0)), int(days.max(initial=0))
    known = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]")
    months: Numbers = (known - known[0]).astype(np.int64)[days - first]
    return months
