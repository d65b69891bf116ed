"""A flow against what lies within it: fewer months, its parts; exhaustive parts against a total."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from etl.check.findings import Finding, clearly_above
from etl.check.reports import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.catalogue import Breakdown, Catalogue
    from etl.check.reports import Amounts, Codes, Flags, Numbers, Reports


class PartOf(NamedTuple):
    """A breakdown within another; with the others of ``set_of`` it may be added.

    ``set_size``: how many of these make up the other one; 0 where nobody says that they do.
    """

    breakdown: str
    above: str
    set_of: str
    set_size: int


@dataclass(frozen=True, slots=True)
class Spans:
    """Reports and sums of parts, by the series that they tell of, then by first and last day.

    Row n is report ``report[n]``, or, where that is -1, the sum of the reports ``parts[n]``,
    ``complete`` where these make up the whole.
    """

    series: Numbers
    start: Numbers
    end: Numbers
    value: Amounts
    low: Amounts
    high: Amounts
    report: Numbers
    complete: Flags
    parts: dict[int, tuple[int, ...]]

    def reports(self, row: int) -> tuple[int, ...]:
        """The reports that a row consists of."""
        return self.parts.get(row) or (int(self.report[row]),)


def contains_and_parts(reports: Reports, catalogue: Catalogue) -> dict[str, list[Finding]]:
    """By kind of relation: spans below what lies within them, totals that are not their parts'."""
    spans = _spans(reports, catalogue)
    flow = reports.are(("flow",), catalogue)
    parts, below = [], []
    for outer, inner in _nested(spans):
        is_flow = flow[spans.report[outer]]
        above = clearly_above(spans.low[inner], spans.high[outer])
        below += _pairs(outer, inner, is_flow & above)
        differ = above | clearly_above(spans.low[outer], spans.high[inner])
        same = (spans.end[outer] == spans.end[inner]) & (spans.start[outer] == spans.start[inner])
        parts += _pairs(outer, inner, differ & same & spans.complete[inner])
    not_parts = [_finding("parts_not_total", spans, *pair) for pair in sorted(parts)]
    said = {finding.left[0] for finding in not_parts}
    causes = _causes(spans, [pair for pair in below if int(spans.report[pair[0]]) not in said])
    contains = [_finding("interval_below_part", spans, *pair) for pair in causes]
    return {"parts": not_parts, "contains": contains}


def _pairs(outer: Numbers, inner: Numbers, which: Flags) -> list[tuple[int, int]]:
    return list(zip(outer[which].tolist(), inner[which].tolist(), strict=True))


def _finding(rule: str, spans: Spans, outer: int, inner: int) -> Finding:
    halves = [spans.high[row] - spans.low[row] for row in (outer, inner)]
    tolerance = float(sum(halves)) / 2 if rule == "parts_not_total" else None
    values = float(spans.value[outer]), float(spans.value[inner])
    left, right = spans.reports(outer), spans.reports(inner)
    return Finding(rule, left, right, *values, tolerance)


def _causes(spans: Spans, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One pair a cause: each part with the shortest span below it, of these the part most above.

    March typed ten times too high lies in every later year to date: the next one names it.
    """
    shortest: dict[tuple[int, ...], tuple[int, int]] = {}
    for outer, inner in sorted(pairs, key=lambda pair: (_days(spans, pair[0]), pair[0])):
        shortest.setdefault(spans.reports(inner), (outer, inner))
    worst: dict[int, tuple[int, int]] = {}
    for _, pair in sorted(shortest.items(), key=lambda one: (-spans.low[one[1][1]], one[0])):
        worst.setdefault(pair[0], pair)
    return sorted(worst.values())


def _days(spans: Spans, row: int) -> int:
    return int(spans.end[row] - spans.start[row])


def _nested(spans: Spans) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of a report and a row of its series that lies within its days.

    Rows are sorted by first day, so those that meet one follow it without a gap: step by step
    further, until none is left.
    """
    first, step = np.arange(len(spans.series)), 1
    while len(first):
        first = first[first + step < len(spans.series)]
        second = first + step
        meet = (spans.series[first] == spans.series[second]) & (
            spans.start[second] <= spans.end[first]
        )
        first, second = first[meet], second[meet]
        inside = (spans.end[second] <= spans.end[first]) & (spans.report[first] >= 0)
        yield first[inside], second[inside]
        inside = (spans.start[first] == spans.start[second]) & (spans.report[second] >= 0)
        yield second[inside], first[inside]
        step += 1


# ── parts added up ──────────────────────────────────────────────────────────────────────────────


def _spans(reports: Reports, catalogue: Catalogue) -> Spans:
    """The reports but rates, with the sums of the parts of each."""
    own = np.flatnonzero(reports.are(("flow", "stock", "plan"), catalogue))
    names = ("series", "start", "end", "value", "low", "high")
    columns = [getattr(reports, name) for name in names]
    if len(own) < len(reports):
        columns = [column[own] for column in columns]
    columns += [own, np.zeros(len(own), np.bool_)]
    whole, of, set_of, size = _parts(reports, own, catalogue)
    if not len(whole):
        return Spans(*columns, {})  # type: ignore[call-arg]
    keys: list[Numbers | Codes] = [whole, set_of, reports.start[of], reports.end[of]]
    order = np.lexsort((of, *reversed(keys)))
    whole, of, size = whole[order], of[order], size[order]
    new = np.any([np.diff(key[order]) != 0 for key in keys], axis=0)
    at = np.r_[0, np.flatnonzero(new) + 1]
    days = (reports.start[of[at]], reports.end[of[at]])
    complete = np.diff(np.r_[at, len(of)]) == size[at]
    sums = (whole[at], *days, *_sums(reports, of, at), np.full(len(at), -1), complete)
    joined = [np.r_[mine, added] for mine, added in zip(columns, sums, strict=True)]
    order = np.lexsort((joined[2], joined[1], joined[0]))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    members = np.split(of, at[1:])
    parts = {
        int(row): tuple(map(int, part))
        for row, part in zip(place[len(own) :], members, strict=True)
    }
    return Spans(*(column[order] for column in joined), parts)  # type: ignore[call-arg]


def _sums(reports: Reports, of: Numbers, at: Numbers) -> list[Amounts]:
    """Value, low and high of each run of parts; who says nothing about the least adds nothing."""
    low = np.where(np.isinf(reports.low[of]), 0.0, reports.low[of])
    return [np.add.reduceat(amounts, at) for amounts in (reports.value[of], low, reports.high[of])]


def _parts(
    reports: Reports, own: Numbers, catalogue: Catalogue
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Each report that is a part: the series of its whole, itself, its set and the set's size."""
    own = own[reports.breakdown[own] != reports.number("breakdown", TOTAL)]
    sets: defaultdict[str, int] = defaultdict(lambda: len(sets))
    found: list[list[Numbers]] = [[np.zeros(0, np.int64)] * 4]
    for number in np.unique(reports.breakdown[own]).tolist():
        rows = own[reports.breakdown[own] == number]
        for part in part_of(reports.words["breakdown"][number], catalogue):
            above = reports.number("breakdown", part.above)
            whole = reports.series[rows] + (above - number)
            there = reports.have(whole) & (above >= 0)
            of = rows[there]
            if len(of):
                same = np.full(len(of), sets[part.set_of]), np.full(len(of), part.set_size)
                found.append([whole[there], of, *same])
    whole, of, set_of, size = (np.concatenate(column) for column in zip(*found, strict=True))
    return whole, of, set_of, size


def part_of(breakdown: str, catalogue: Catalogue) -> Iterator[PartOf]:
    """Every breakdown that holds this one, with the set of disjoint parts that it belongs to.

    ``category:自主就业`` lies in ``category:返乡退役士兵`` and in ``_T``, and may be added to
    政府安排工作 beside it. Under the total only exhaustive parts are known to be disjoint.
    """
    pairs = breakdown.split(";")
    for pair in pairs:
        dimension, _, code = pair.partition(":")
        part = catalogue.breakdowns.get((dimension, code))
        if part is None or part.planned:  # a target is no part of what was done
            continue
        rest = [other for other in pairs if other != pair]
        set_of, set_size = _set_of(part, catalogue)
        within = ";".join([*rest, set_of])
        for above in _ancestors(part, catalogue):
            whole = sorted([*rest, f"{part.dimension}:{above}"] if above else rest)
            direct = above == part.parent
            yield PartOf(breakdown, ";".join(whole) or TOTAL, within, set_size if direct else 0)


def _set_of(part: Breakdown, catalogue: Catalogue) -> tuple[str, int]:
    """The name of the parts that may be added to this one, and how many make up their whole."""
    if part.parent is None and not part.exhaustive:
        return f"{part.dimension}:{part.code}", 0
    siblings = [
        other
        for other in catalogue.breakdowns.values()
        if (other.dimension, other.parent) == (part.dimension, part.parent)
    ]
    whole = len(siblings) if all(other.exhaustive for other in siblings) else 0
    return f"{part.dimension}<{part.parent or '_T'}", whole


def _ancestors(part: Breakdown, catalogue: Catalogue) -> Iterator[str | None]:
    while part.parent is not None:
        yield part.parent
        part = catalogue.breakdowns[part.dimension, part.parent]
    yield None
