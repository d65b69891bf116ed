"""Headlines: how a figure moved and who leads; the first figures of a period in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.findings.finding import Finding, points, ranked
from dashboard.decks.questions.overview import main_indicators, progress_of, values_of
from dashboard.locale.sentences import headline
from dashboard.locale.sentences_decks import growth_title
from dashboard.queries import counties, overview

if TYPE_CHECKING:
    from dashboard.decks.setting import Wanted

IN_SENTENCE = 3  # figures of a headline


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
    return Finding((sentence,), (*points(wanted, values), *ranked(wanted, code, rows)))


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
    return Finding((sentence,), points(wanted, values))
