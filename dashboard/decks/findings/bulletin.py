"""What a bulletin says: who reported, who leads and lags, what is open, what is asked of whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard.decks.findings.attention import missing_figures, open_in_year
from dashboard.decks.findings.finding import Finding, done, ranking_points
from dashboard.decks.questions.counties import ranked
from dashboard.decks.questions.overview import main_indicators, progress_of
from dashboard.decks.setting import Wanted
from dashboard.locale import sentences_bulletin as say
from dashboard.locale.periods import period_name
from dashboard.queries import overview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dashboard.charts import Point
    from dashboard.locale.labels import Labels
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress

    OfRows = Callable[[Sequence[Ranked], str, Labels], str]


def text(wanted: Wanted) -> Finding:
    """Say what stands in the recipe itself, with the area and the period in it."""
    said = wanted.words.pick(wanted.said.get("zh", ""), wanted.said.get("en", ""))
    period = period_name(wanted.period, wanted.words, wanted.measure)
    area = wanted.labels.area(wanted.area)
    return _said(said.replace("{area}", area).replace("{period}", period))


def reporting(wanted: Wanted) -> Finding:
    """Say how many areas were to report and did, who did not, and what others left out."""
    due, late, missing = _due(wanted), _late(wanted), missing_figures(wanted)
    return _said(say.reporting(due, late, wanted.labels), say.missing(missing, wanted.labels))


def leaders(wanted: Wanted) -> tuple[Finding, ...]:
    """Say who holds the first places in each of ``indicators``."""
    when = period_name(wanted.period, wanted.words, wanted.measure)
    return _of_rows(wanted, lambda rows, code, labels: say.leaders(rows, code, when, labels))


def risers(wanted: Wanted) -> tuple[Finding, ...]:
    """Say where each of ``indicators`` grew most."""
    return _of_rows(wanted, say.risers)


def fallers(wanted: Wanted) -> tuple[Finding, ...]:
    """Say where each of ``indicators`` went the wrong way."""
    return _of_rows(wanted, say.fallers)


def ahead(wanted: Wanted) -> tuple[Finding, ...]:
    """Say who is ahead of the plan of ``indicators``, by default all that have targets."""
    return _of_progress(wanted, say.ahead)


def lagging(wanted: Wanted) -> tuple[Finding, ...]:
    """Say who is behind it."""
    return _of_progress(wanted, say.lagging)


def contradictions(wanted: Wanted) -> Finding:
    """Say how many figures of the year await a check, and whose they are."""
    return _said(say.contradictions(_open(wanted), wanted.labels))


def asks(wanted: Wanted) -> Finding:
    """Ask who is silent to report, who lags to catch up, who contradicts himself to check."""
    when = period_name(wanted.period, wanted.words)
    silent = {code for code, came in _due(wanted).items() if not came} | {*missing_figures(wanted)}
    behind = {p.ref_area for p in _progress(wanted) if p.exact and p.gap and p.gap < 0}
    asked = {"report": silent, "catch_up": behind, "check": {*_open(wanted)}}
    everyone, labels = wanted.children, wanted.labels
    return _said(*(say.asked_of(key, of, everyone, when, labels) for key, of in asked.items()))


def _said(*sentences: str, rests_on: Iterable[Point] = ()) -> Finding:
    told = tuple(sentence for sentence in sentences if sentence)
    return Finding(told, tuple(rests_on) if told else ())


def _of_rows(wanted: Wanted, rule: OfRows) -> tuple[Finding, ...]:
    """Say a sentence on the ranking of each of ``indicators``."""
    found = []
    for code in wanted.indicators:
        rows = ranked(Wanted(wanted.setting, {**wanted.said, "indicator": code}))
        placed = ranking_points(wanted, code, rows, wanted.measure_of(code))
        found.append(_said(rule(rows, code, wanted.labels), rests_on=placed))
    return tuple(found)


def _of_progress(
    wanted: Wanted, rule: Callable[[Sequence[Progress], Labels], str]
) -> tuple[Finding, ...]:
    """Say a sentence on each indicator for which the counties have targets."""
    found = _progress(wanted)
    codes = dict.fromkeys(p.indicator for p in found)
    by_code = [[p for p in found if p.indicator == code] for code in codes]
    return tuple(_said(rule(of, wanted.labels), rests_on=done(wanted, of)) for of in by_code)


def _progress(wanted: Wanted) -> tuple[Progress, ...]:
    found = progress_of(wanted, wanted.indicators or main_indicators(wanted))
    areas = wanted.children or (wanted.area,)
    return tuple(by[area] for by in found.values() for area in areas if area in by)


def _due(wanted: Wanted) -> dict[str, bool]:
    return wanted.ask(overview.due_areas, wanted.dataset, wanted.area, wanted.period)


def _late(wanted: Wanted) -> tuple[str, ...]:
    return wanted.ask(overview.overdue_areas, wanted.dataset, wanted.area, wanted.period)


def _open(wanted: Wanted) -> dict[str, int]:
    """Return how many open issues of the year so far name each of the areas."""
    of = wanted.children or (wanted.area,)
    counted = Counter(i.ref_area for i in open_in_year(wanted) if i.ref_area in of)
    return {area: n for area, n in counted.items() if area}
