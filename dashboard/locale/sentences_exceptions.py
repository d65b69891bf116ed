"""Sentences of what needs attention: who is late, what lags or contradicts itself, what is due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.locale.outside import printable
from dashboard.locale.periods import day_name, period_name
from dashboard.locale.sentences_progress import against_plan, completion, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.deadlines import Due
    from dashboard.queries.issues import Issue
    from dashboard.queries.progress import Curve, Progress
    from dashboard.queries.values import Value

SPACED = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")  # 为 19 场: no spaces in Chinese


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


def first_sentence(message: str) -> str:
    """Return what is wrong: which figures of which periods contradict each other, by how much.

    What may be the cause, and what to do, stand on the page of questions.
    """
    for end in ("。", ". "):
        first, found, _ = message.partition(end)
        if found:
            return first
    return message


def issue_line(issue: Issue, labels: Labels, *, figures: bool) -> str:
    """Say what contradicts itself and in which cells; without figures only of what kind it is."""
    say, cells = labels.words, issue.cell.replace(",", labels.words("join.names"))
    found = first_sentence(say.pick(issue.message, issue.message_en))
    if say.language == "zh":
        found = SPACED.sub("", found)
    if not figures:
        of = labels.area(issue.ref_area or "")
        if issue.indicator in labels.indicators:
            name = labels.indicator(issue.indicator or "")
            of = say("exceptions.of", area=of, indicator=name)
        kind = say.sentences.get(f"rule.{issue.rule}", issue.rule)
        found = say("exceptions.kind", of=of, rule=kind)
    where = " ".join(part for part in (issue.source_file, issue.sheet, cells) if part)
    return say("exceptions.issue", found=found, where=printable(where))


def attention_title(
    silent: int, lagging: int, contradictions: int, words: Words, missing: int = 0
) -> str:
    """Count what needs attention, or say that nothing does."""
    counts = (("silent", silent), ("missing", missing), ("lagging", lagging),
              ("issues", contradictions))  # fmt: skip
    said = [words(f"exceptions.counts.{what}", n=n) for what, n in counts if n]
    if not said:
        return words("exceptions.nothing")
    return words("exceptions.counted", counts=words("exceptions.counts.join").join(said))


def due_line(due: Due, period: str, labels: Labels) -> str:
    """Say until when which areas owe the figures of a period."""
    say = labels.words
    return say(
        "exceptions.due",
        period=period_name(period, say),
        day=day_name(due.day.isoformat(), say),
        areas=say.listed([labels.short_area(code) for code in due.ref_areas]),
        n=len(due.indicators),
    )


def planned_line(share: float, period: str, labels: Labels) -> str:
    """Say what of the year's targets time alone plans for the end of a period."""
    say = labels.words
    return say("exceptions.planned", period=period_name(period, say), share=percent(share, say))


def curve_line(code: str, share: float, curve: Curve, period: str, labels: Labels) -> str:
    """Say what an indicator's own curve plans for the end of a period, and why it has one."""
    say = labels.words
    return say(
        "exceptions.planned_curve",
        indicator=labels.indicator(code),
        period=period_name(period, say),
        share=percent(share, say),
        why=say.pick(curve.why, curve.why_en),
    )


def seasons_line(values: Sequence[Value], period: str, labels: Labels) -> str:
    """Say what figures with seasons were in a period, to plan the same of this year by."""
    say = labels.words
    told = [
        say(
            "topics.step",
            indicator=labels.indicator(v.indicator),
            figure=labels.value(v, v.indicator),
        )
        for v in values
    ]
    return say("exceptions.seasons", period=period_name(period, say), figures=say.listed(told))
