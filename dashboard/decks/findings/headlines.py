"""Headlines: how a figure moved and who leads, how far targets are, the first figures together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.findings.finding import Finding, done, points, ranking_points, silent_areas
from dashboard.decks.questions.counties import ranked
from dashboard.decks.questions.overview import (
    main_indicators,
    own,
    progress_of,
    targeted_indicators,
    values_of,
)
from dashboard.locale.sentences import headline
from dashboard.locale.sentences_bulletin import figures as figures_sentence
from dashboard.locale.sentences_decks import (
    growth_title,
    moves_title,
    progress_title,
)

if TYPE_CHECKING:
    from dashboard.decks.setting import Wanted

IN_SENTENCE = 3  # figures of a headline


def name(wanted: Wanted) -> Finding:
    """Find nothing: the slide keeps its own name as title."""
    del wanted
    return Finding()


def growth(wanted: Wanted) -> Finding:
    """Say how ``indicator`` of ``area`` grew on the year before, and which part of it leads."""
    code, labels = wanted.indicator, wanted.labels
    values = values_of(wanted, (code,)) if code else ()
    if not values:
        return Finding()
    [(value, measure)], rows = values, ranked(wanted)
    sentence = growth_title(value, rows, labels, measure)
    if wanted.area != wanted.setting.choice.area:  # the deck's own stands on its cover
        sentence = wanted.words("deck.title.of", area=labels.area(wanted.area), finding=sentence)
    placed = ranking_points(wanted, code, rows, measure)
    return Finding((sentence,), (*points(wanted, values), *placed))


def overall(wanted: Wanted) -> Finding:
    """Say the first figures of a period, how far they are, and who did not report."""
    values = values_of(wanted, main_indicators(wanted))[:IN_SENTENCE]
    told = [value for value, _ in values]
    found = own(progress_of(wanted, tuple(v.indicator for v in told)), wanted.area)
    silent, late = silent_areas(wanted)
    sentence = headline(
        told, wanted.area, wanted.period, silent, wanted.labels, wanted.measure, late, found
    )
    return Finding((sentence,), (*points(wanted, values), *done(wanted, found.values())))


def moves(wanted: Wanted) -> Finding:
    """Say how many of the main figures (``tiles``) grew and how many fell on the year before."""
    values = values_of(wanted, main_indicators(wanted))
    sentence = moves_title([value for value, _ in values], wanted.labels, wanted.measure)
    return Finding((sentence,), points(wanted, values)) if sentence else Finding()


def figures(wanted: Wanted) -> Finding:
    """Say some ``indicators`` and how each moved; of one side of the work where it is named.

    ``zh`` and ``en`` name the side: 走访慰问方面，慰问品折价62万元，同比增长5.0%.
    """
    values = values_of(wanted, wanted.indicators) if wanted.indicators else ()
    of = wanted.words.pick(wanted.said.get("zh", ""), wanted.said.get("en", ""))
    sentence = figures_sentence([value for value, _ in values], of, wanted.labels)
    return Finding((sentence,), points(wanted, values)) if sentence else Finding()


def progress(wanted: Wanted) -> Finding:
    """Say how many targets of ``area`` are on time, and which is farthest behind."""
    found = own(progress_of(wanted, targeted_indicators(wanted)), wanted.area)
    sentence = progress_title(list(found.values()), wanted.labels)
    return Finding((sentence,), done(wanted, found.values())) if sentence else Finding()
