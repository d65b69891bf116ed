"""Findings: the sentences that a document may say, each with the values that it speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard import charts
from dashboard.charts import point_of
from dashboard.decks.questions.overview import main_indicators, progress_of, values_of
from dashboard.decks.setting import Wanted
from dashboard.locale.sentences import headline
from dashboard.locale.sentences_decks import growth_title
from dashboard.queries import counties, overview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.charts import Point
    from dashboard.decks.deck import Asked
    from dashboard.decks.setting import Setting
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Value

    Rule = Callable[[Wanted], "Finding"]

IN_SENTENCE = 3  # figures of a headline


class Finding(NamedTuple):
    """Sentences, none where there is nothing to say, and the points that they rest on."""

    sentences: tuple[str, ...] = ()
    rests_on: tuple[Point, ...] = ()


def find(setting: Setting, asked: Asked) -> Finding:
    """Say what a rule finds."""
    return FINDINGS[asked.question](Wanted(setting, dict(asked.choices)))


def growth(wanted: Wanted) -> Finding:
    """Say how ``indicator`` of ``area`` grew on the year before, and which part of it leads."""
    code = wanted.indicator
    values = values_of(wanted, (code,)) if code else ()
    if not values:
        return Finding()
    rows = wanted.ask(
        counties.ranking, wanted.dataset, code, wanted.area, wanted.period, wanted.measure
    )
    sentence = growth_title(values[0], rows, wanted.labels, wanted.measure)
    return Finding((sentence,), (*_points(wanted, values), *_ranked(wanted, code, rows)))


def overall(wanted: Wanted) -> Finding:
    """Say the first figures of a period, how far they are, and who did not report."""
    values = values_of(wanted, main_indicators(wanted))[:IN_SENTENCE]
    codes = tuple(value.indicator for value in values)
    found = {p.indicator: p for p in progress_of(wanted, codes, (wanted.area,))}
    asked = (wanted.dataset, wanted.area, wanted.period)
    silent = [code for code, came in wanted.ask(overview.due_areas, *asked).items() if not came]
    late = wanted.ask(overview.overdue_areas, *asked)
    sentence = headline(
        values, wanted.area, wanted.period, silent, wanted.labels, wanted.measure, late, found
    )
    return Finding((sentence,), _points(wanted, values))


def _ranked(wanted: Wanted, code: str, rows: Sequence[Ranked]) -> tuple[Point, ...]:
    """Return the points of a ranking: who leads tells of them."""
    if not rows:
        return ()
    drawn = charts.ranking(
        rows, code, wanted.period, wanted.labels, wanted.setting.origin(), wanted.measure
    )
    return tuple(replace(point, measure=wanted.measure) for point in drawn.points)


def _points(wanted: Wanted, values: Sequence[Value]) -> tuple[Point, ...]:
    return tuple(point_of(value, wanted.labels, wanted.measure) for value in values)


FINDINGS: dict[str, Rule] = {"growth": growth, "overall": overall}
