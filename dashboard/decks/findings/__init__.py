"""Findings: the sentences that a document may say, each with the values that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.findings import attention, bulletin, headlines
from dashboard.decks.findings.finding import Finding
from dashboard.decks.setting import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.decks.deck import Asked
    from dashboard.decks.setting import Setting

    Rule = Callable[[Wanted], Finding | tuple[Finding, ...]]

FINDINGS: dict[str, Rule] = {
    "ahead": bulletin.ahead,
    "asks": bulletin.asks,
    "attention": attention.attention,
    "contradictions": bulletin.contradictions,
    "fallers": bulletin.fallers,
    "figures": headlines.figures,
    "growth": headlines.growth,
    "lagging": bulletin.lagging,
    "leaders": bulletin.leaders,
    "moves": headlines.moves,
    "name": headlines.name,
    "next_due": attention.next_due,
    "planned_next": attention.planned_next,
    "a_year_before": attention.a_year_before,
    "open_issues": attention.open_issues,
    "overall": headlines.overall,
    "overdue": attention.overdue,
    "progress": headlines.progress,
    "red_lamps": attention.red_lamps,
    "reporting": bulletin.reporting,
    "risers": bulletin.risers,
    "text": bulletin.text,
}


def find(setting: Setting, asked: Asked) -> tuple[Finding, ...]:
    """Say what a rule finds; of several findings each is released or not by itself."""
    found = FINDINGS[asked.question](Wanted(setting, dict(asked.choices)))
    return (found,) if isinstance(found, Finding) else found
