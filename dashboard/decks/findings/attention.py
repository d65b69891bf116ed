"""Attention: what a leader should not miss, and what is due next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard.decks.findings.finding import Finding, done, silent_areas
from dashboard.decks.questions.overview import progress_of, targeted_indicators
from dashboard.locale.sentences_exceptions import (
    attention_title,
    due_line,
    issue_line,
    lagging_line,
    overdue_line,
    silent_line,
)
from dashboard.queries import issues
from dashboard.queries.deadlines import due
from dashboard.queries.periods import shifted
from dashboard.queries.progress import policy

if TYPE_CHECKING:
    from dashboard.decks.setting import Wanted
    from dashboard.queries.progress import Progress

MOST = 5  # lagging targets, or contradictions, that a slide has room for


def attention(wanted: Wanted) -> Finding:
    """Count what a leader should not miss: who is late, what lags, what contradicts itself."""
    silent, late = silent_areas(wanted)
    red, found = _red(wanted), wanted.ask(issues.of_year, wanted.dataset, wanted.area,
                                          wanted.period)  # fmt: skip
    title = attention_title(len({*silent, *late}), len(red), len(found), wanted.words)
    return Finding((title,), done(wanted, red))


def overdue(wanted: Wanted) -> Finding:
    """Name who is overdue, and who did not report without a day that was set."""
    silent, late = silent_areas(wanted)
    lines = (
        overdue_line(late, wanted.period, wanted.labels),
        silent_line([a for a in silent if a not in late], wanted.period, wanted.labels),
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
    """Name what contradicts itself or fell this year, without the figures."""
    found = wanted.ask(issues.of_year, wanted.dataset, wanted.area, wanted.period)
    counted = Counter((i.ref_area, i.indicator, i.rule) for i in found)
    lines = [issue_line(*kind, n, wanted.labels) for kind, n in counted.items()]
    if len(lines) > MOST:
        rest = sum([*counted.values()][MOST:])
        lines[MOST:] = [wanted.words("exceptions.more", n=rest)]
    return Finding(tuple(lines))


def next_due(wanted: Wanted) -> Finding:
    """Say what is due for the next period, from whom, and until when."""
    after = shifted(wanted.period, 1)
    found = wanted.ask(due, wanted.dataset, wanted.children or (wanted.area,), after)
    return Finding(tuple(due_line(one, after, wanted.labels) for one in found))


def _red(wanted: Wanted) -> list[Progress]:
    if wanted.ask(policy) is None:
        return []
    found = progress_of(wanted, targeted_indicators(wanted))
    red = [p for by in found.values() for p in by.values() if p.lamp == "red"]
    return sorted(red, key=lambda p: p.gap or 0.0)
