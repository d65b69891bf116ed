"""Sentences of what needs attention: who is late, what lags or contradicts itself, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.locale.periods import period_name
from dashboard.locale.sentences_progress import against_plan, completion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.deadlines import Due
    from dashboard.queries.progress import Progress


def overdue_line(areas: Sequence[str], period: str, labels: Labels) -> str:
    """Say who has not reported though the day that was set has passed; '' where all did."""
    return _who("exceptions.overdue", areas, period, labels)


def silent_line(areas: Sequence[str], period: str, labels: Labels) -> str:
    """Say who has not reported where no day was set; '' where all did."""
    return _who("exceptions.silent", areas, period, labels)


def _who(key: str, areas: Sequence[str], period: str, labels: Labels) -> str:
    if not areas:
        return ""
    names = labels.words.listed([labels.short_area(code) for code in areas])
    return labels.words(key, areas=names, period=period_name(period, labels.words))


def lagging_line(progress: Progress, labels: Labels) -> str:
    """Say how far an area is towards a target, and how far behind the plan."""
    say = labels.words
    return say(
        "exceptions.lagging",
        area=labels.short_area(progress.ref_area),
        indicator=labels.indicator(progress.indicator),
        done=completion(progress, say),
        gap=against_plan(progress, say),
    )


def issue_line(area: str | None, indicator: str | None, rule: str, n: int, labels: Labels) -> str:
    """Say what kind of contradiction there is, where, of what and how often; not its figures."""
    say, of = labels.words, labels.area(area or "")
    if indicator in labels.indicators:
        of = say("exceptions.of", area=of, indicator=labels.indicator(indicator or ""))
    key = "exceptions.issue" if n == 1 else "exceptions.issues"
    return say(key, of=of, rule=say.sentences.get(f"rule.{rule}", rule), n=n)


def attention_title(silent: int, lagging: int, contradictions: int, words: Words) -> str:
    """Count what needs attention, or say that nothing does."""
    counts = (("silent", silent), ("lagging", lagging), ("issues", contradictions))
    said = [words(f"exceptions.counts.{what}", n=n) for what, n in counts if n]
    if not said:
        return words("exceptions.none").removesuffix(words("join.end"))
    return words("exceptions.counted", counts=words("exceptions.counts.join").join(said))


def due_line(due: Due, period: str, labels: Labels) -> str:
    """Say until when which areas owe the figures of a period."""
    say = labels.words
    return say(
        "exceptions.due",
        period=period_name(period, say),
        day=due.day.isoformat(),
        areas=say.listed([labels.short_area(code) for code in due.ref_areas]),
        n=len(due.indicators),
    )
