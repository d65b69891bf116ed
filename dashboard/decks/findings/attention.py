"""Attention: what a leader should not miss, and what is due next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.findings.finding import Finding, done, points, silent_areas
from dashboard.decks.questions.overview import progress_of, targeted_indicators, values_of
from dashboard.decks.setting import Wanted
from dashboard.locale.sentences_bulletin import missing
from dashboard.locale.sentences_exceptions import (
    attention_title,
    curve_line,
    due_line,
    issue_line,
    lagging_line,
    overdue_line,
    planned_line,
    seasons_line,
    silent_line,
)
from dashboard.queries import disclosure, issues, overview
from dashboard.queries.deadlines import due
from dashboard.queries.disclosure import persons_in
from dashboard.queries.periods import shifted, year_before
from dashboard.queries.progress import curves, planned_share, policy, targeted

if TYPE_CHECKING:
    from dashboard.queries.progress import Progress

MOST = 5  # lagging targets, or contradictions, that a slide has room for


def attention(wanted: Wanted) -> Finding:
    """Count what a leader should not miss: who is late, what lags, what contradicts itself."""
    silent, late = silent_areas(wanted)
    red, found = _red(wanted), open_in_year(wanted)
    lacking = sum(missing_figures(wanted).values())
    title = attention_title(len({*silent, *late}), len(red), len(found), wanted.words, lacking)
    return Finding((title,), done(wanted, red))


def overdue(wanted: Wanted) -> Finding:
    """Name who is overdue, who did not report without a day that was set, who left figures out."""
    silent, late = silent_areas(wanted)
    lines = (
        overdue_line(late, wanted.period, wanted.labels),
        silent_line([a for a in silent if a not in late], wanted.period, wanted.labels),
        missing(missing_figures(wanted), wanted.labels).removesuffix(wanted.words("join.end")),
    )
    return Finding(tuple(line for line in lines if line))


def red_lamps(wanted: Wanted) -> Finding:
    """Name the red lamps of ``area`` and its parts, the farthest behind first."""
    red = _red(wanted)
    lines = [lagging_line(p, wanted.labels) for p in red[:MOST]]
    if len(red) > MOST:
        lines.append(wanted.words("exceptions.more", n=len(red) - MOST))
    return Finding(tuple(lines), done(wanted, red[:MOST]))


def open_issues(wanted: Wanted) -> Finding:
    """Say what contradicts itself or fell this year, by how much and in which cells.

    Numbers of persons are not said: a contradiction may tell a count that is withheld elsewhere.
    ``form: sentence`` ends each with a full stop, as a bulletin's text has it.
    """
    found = open_in_year(wanted)
    units = wanted.ask(disclosure.units_of_persons)
    lines = [
        issue_line(i, wanted.labels, figures=not persons_in(i.message + i.message_en, units))
        for i in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(wanted.words("exceptions.more", n=len(found) - MOST))
    end = wanted.words("join.end") if wanted.said.get("form") == "sentence" else ""
    return Finding(tuple(line + end for line in lines))


def open_in_year(wanted: Wanted) -> tuple[issues.Issue, ...]:
    """Return the errors and warnings of the year so far in ``area`` and its parts."""
    return wanted.ask(issues.of_year, wanted.dataset, wanted.area, wanted.period)


def missing_figures(wanted: Wanted) -> dict[str, int]:
    """Return how many figures each area that did report left out."""
    return wanted.ask(overview.missing_figures, wanted.dataset, wanted.area, wanted.period)


def next_due(wanted: Wanted) -> Finding:
    """Say what is due for the next period, from whom, and until when."""
    after = shifted(wanted.period, 1)
    found = wanted.ask(due, wanted.dataset, wanted.children or (wanted.area,), after)
    return Finding(tuple(due_line(one, after, wanted.labels) for one in found))


def planned_next(wanted: Wanted) -> Finding:
    """Say what of the year's targets is planned for the end of the next period (curves.yml)."""
    after = shifted(wanted.period, 1)
    year, here = after[:4], wanted.ask(targeted, wanted.dataset, wanted.period[:4])
    having = wanted.ask(targeted, wanted.dataset, year)
    if not here and not having:
        return Finding()
    if not having:
        return Finding((wanted.words("exceptions.no_targets", year=year),))
    known = wanted.ask(curves)
    own = {code: planned_share(c.shares, after) for code, c in known.items() if code in having}
    lines = [planned_line(planned_share(None, after), after, wanted.labels)]
    lines += [
        curve_line(code, share, known[code], after, wanted.labels) for code, share in own.items()
    ]
    return Finding(tuple(lines))


def a_year_before(wanted: Wanted) -> Finding:
    """Say what the next period brought a year before, of indicators that have seasons."""
    after, labels = year_before(shifted(wanted.period, 1)), wanted.labels
    at_that_time = Wanted(wanted.setting, {**wanted.said, "period": after, "measure": "value"})
    codes = [code for code in wanted.known(labels.indicators) if labels.indicators[code].seasonal]
    found = [(v, m) for v, m in values_of(at_that_time, tuple(codes)) if v.obs_value][:MOST]
    if not found:
        return Finding()
    line = seasons_line([value for value, _ in found], after, labels)
    return Finding((line,), points(at_that_time, found))


def _red(wanted: Wanted) -> list[Progress]:
    if wanted.ask(policy) is None:
        return []
    found = progress_of(wanted, targeted_indicators(wanted))
    red = [p for by in found.values() for p in by.values() if p.lamp == "red"]
    return sorted(red, key=lambda p: p.gap or 0.0)
