"""Sentences on progress: how much of a year's target is done, ahead of or behind the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.locale.numbers import number, unit_after
from dashboard.locale.sentences_changes import decimals_of

if TYPE_CHECKING:
    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.aims import Aim
    from dashboard.queries.progress import Policy, Progress

WHOLE = 100.0


def percent(value: float, words: Words, *, exact: bool = True) -> str:
    """Return a share as it is shown: 78.3%, 约78.3% where figures are not exact."""
    missed = f"{value:.1f}" == "100.0" and value < WHOLE  # by a hair: 100.0% beside 滞后
    text = f"{number(value, 2 if missed else 1)}%"
    return text if exact else words("change.about", change=text)


def completion(progress: Progress, words: Words) -> str:
    """Return how much of the target is done by now; empty where nobody reported.

    The period's own figure stands beside it, so it says that it is the year's.
    """
    return _completed(progress, "progress.done", words)


def completion_in_tile(progress: Progress, words: Words) -> str:
    """Return the same where there is room for a few words."""
    return _completed(progress, "progress.tile", words)


def _completed(progress: Progress, key: str, words: Words) -> str:
    if progress.completion is None:
        return ""
    share = percent(progress.completion, words, exact=progress.exact)
    text = words("progress.stock" if progress.planned is None else key, share=share)
    return text + (words("progress.like", n=progress.n_areas) if progress.n_areas else "")


def against_plan(progress: Progress, words: Words) -> str:
    """Return how far that is from the plan: 快于序时进度3.3个百分点; empty without a plan."""
    if progress.gap is None:
        return ""
    plan = plan_name(words, curve=progress.has_curve)
    if progress.gap == 0:
        return words("progress.level", plan=plan)
    points = gap_text(progress, words)
    return words("progress.ahead" if progress.gap > 0 else "progress.behind", plan=plan, gap=points)


def plan_name(words: Words, *, curve: bool) -> str:
    """Return what the plan is called: 序时进度, 计划进度 where an indicator has its own curve."""
    return words("progress.curve" if curve else "progress.elapsed")


def gap_text(progress: Progress, words: Words) -> str:
    """Return the size of a gap in points: 3.3, 不足0.1."""
    points = number(abs(progress.gap or 0.0), 1)
    if float(points.replace(",", "")):
        return points
    return words("progress.less", points=number(0.1, 1))


def progress_clause(progress: Progress | None, words: Words) -> str:
    """Return what the headline says of progress, with the comma before it."""
    if progress is None or progress.completion is None:
        return ""
    parts = [part for part in (completion(progress, words), against_plan(progress, words)) if part]
    return "".join(words("progress.clause", text=part) for part in parts)


def planned(progress: Progress, words: Words) -> str:
    """Return what share was planned: 序时进度75.0%; empty of a stock."""
    if progress.planned is None:
        return ""
    plan = plan_name(words, curve=progress.has_curve)
    return words("progress.planned", plan=plan, share=percent(progress.planned, words))


def target(progress: Progress, labels: Labels) -> str:
    """Return the target with its unit: 年度目标523.00万元."""
    entry = labels.indicators[progress.indicator]
    figure = number(progress.target / entry.factor, entry.decimals)
    return labels.words("progress.target", figure=figure + unit_after(entry, labels.words))


def aim_target(aim: Aim, labels: Labels) -> str:
    """Return a target that is no sum: 年度目标95.00%, 年度目标不超过2起."""
    entry = labels.indicators[aim.indicator]
    figure = number(aim.target / entry.factor, entry.decimals) + unit_after(entry, labels.words)
    return labels.words("aim.most" if aim.ceiling else "aim.target", figure=figure)


def aim_text(aim: Aim, labels: Labels) -> str:
    """Return the same with how far it is: 年度目标95.00%，还差3.20个百分点."""
    words, entry = labels.words, labels.indicators[aim.indicator]
    text = aim_target(aim, labels)
    if aim.left is None or not aim.sure:
        return text
    side = "over" if aim.ceiling else "short"
    if aim.left <= 0:
        return text + words(f"aim.not_{side}")
    size = number(aim.left / entry.factor, decimals_of(entry))
    gap = (
        words("change.points", points=size)
        if entry.kind == "rate"
        else size + unit_after(entry, words)
    )
    return text + words(f"aim.{side}", gap=gap)


def lamp_word(progress: Progress, rule: Policy | None, words: Words) -> str:
    """Return a lamp as a shape and a word, since a colour alone says nothing to many."""
    if progress.done is None:
        return words("lamp.missing")
    if progress.lamp and rule:
        return words(f"lamp.{rule.rule}.{progress.lamp}")
    return words("lamp.inexact") if not progress.exact else words("lamp.none")
