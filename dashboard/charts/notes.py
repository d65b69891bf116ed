"""Notes under a chart: the marks that it uses, and what its comparisons rest on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.charts.markers import redefinition
from dashboard.locale.periods import period_name
from dashboard.queries.comparison import base_of
from dashboard.queries.definitions import parting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.chart import Kind, Mark, Point
    from dashboard.locale import Words
    from dashboard.locale.labels import Labels, Reported
    from dashboard.queries.choices import Indicator
    from dashboard.queries.comparison import Against
    from dashboard.queries.values import Measure, Value

NAMED = 3  # partial values that a note names
NOT_DUE = ("not_applicable", "not_due")
MARKS: tuple[Mark, ...] = ("provisional", "inexact", "conflict", "gap")


def mark_notes(points: Iterable[Point], kind: Kind, words: Words) -> tuple[str, ...]:
    """Explain the marks that occur, as this kind of chart draws them: ○ 初步、估计或待核实."""
    used = {p.mark for p in points}
    signs = {"ranking": "bars", "tiles": "pivot"}.get(kind, kind)
    return tuple(
        f"{words(f'sign.{signs}.{mark}')} {words(f'mark.{mark}')}" for mark in MARKS if mark in used
    )


def redefined(
    indicator: Indicator, first: str, last: str, words: Words, against: Against = "year"
) -> tuple[str, ...]:
    """Say from when on an indicator counts otherwise, where that parts what is compared."""
    return tuple(
        redefinition(c, words) for c in parting(indicator.changes, base_of(first, against), last)
    )


def like_for_like(
    values: Iterable[Value], words: Words, against: Against = "year"
) -> tuple[str, ...]:
    """Say over how many areas a change was taken, where it is fewer than are shown."""
    fewest = [
        v.change.n_areas
        for v in values
        if v.change and v.change.n_areas and v.change.n_areas < v.n_expected
    ]
    return (words(f"change.like_for_like.{against}", n=min(fewest)),) if fewest else ()


def partial(values: Iterable[Value], labels: Labels, measure: Measure) -> tuple[str, ...]:
    """Name the values that lack some of their areas: beside a full one they look like a fall."""
    found = list(
        dict.fromkeys(
            (
                labels.area(v.ref_area),
                labels.coverage(v, measure),
                period_name(v.time_period, labels.words, measure),
            )
            for v in values
            if v.obs_value is not None and v.n_reported < v.n_expected
        )
    )
    which = _named(found[:NAMED], labels.words)
    if len(found) > NAMED:
        return (labels.words("coverage.partial_more", which=which, n=len(found)),)
    return (labels.words("coverage.partial", which=which),) if found else ()


def _named(found: Iterable[tuple[str, str, str]], words: Words) -> str:
    """Say areas, coverages and periods, each area and each run of one coverage once."""
    told = []
    for area, of_area in groupby(found, lambda one: one[0]):
        runs = [
            words("coverage.partial_periods", coverage=coverage,
                  periods=words.listed([period for *_, period in run]))
            for coverage, run in groupby(of_area, lambda one: one[1])
        ]  # fmt: skip
        told.append(words("coverage.partial_one", area=area, periods=words.listed(runs)))
    return words("join.clauses").join(told)


def reported(rows: Iterable[Reported], labels: Labels, measure: Measure) -> str:
    """Say how many of the areas due did report, where each row is an area's: 应报7个，已报6个."""
    counted = [(row.n_reported, row.n_expected) for row in rows]
    came, due = (sum(n) for n in zip(*counted, strict=True)) if counted else (0, 0)
    return labels.came(came, due, measure) if due else ""


def figures(values: Iterable[Reported], words: Words) -> str:
    """Say how many of the figures due, of whatever kind, are there: 应有62个数，已有61个."""
    due = [value.obs_value is not None for value in values if value.reason not in NOT_DUE]
    return words("coverage.figures", n=sum(due), of=len(due)) if due else ""


def seasonal(indicator: Indicator, labels: Labels) -> tuple[str, ...]:
    """Say why a change on the period before tells little: festivals and recruits have seasons."""
    name = labels.indicator(indicator.indicator)
    return (labels.words("change.seasonal", indicator=name),) if indicator.seasonal else ()
