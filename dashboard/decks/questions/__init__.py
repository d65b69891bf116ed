"""The questions that a document may ask: each makes one chart, or none where nothing is known.

Their choices are the words of pages' addresses (dashboard/ui/pickers.py), so a chart of a page can
be made again for another period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.deck import Asked
from dashboard.decks.questions import changes, counties, explore, over_time, overview, topics
from dashboard.decks.setting import CHILDREN, Wanted, told_from
from dashboard.queries.months import Window, read_window
from dashboard.queries.periods import is_period, month_number
from dashboard.queries.periods import moved as period_moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts import Chart
    from dashboard.decks.setting import Setting

    Question = Callable[[Wanted], Chart | None]

QUESTIONS: dict[str, Question] = {
    "budget": topics.budget,
    "changes": changes.changes,
    "festivals": topics.festivals,
    "funds": topics.funds,
    "heat_map": counties.heat_map,
    "jobs": topics.jobs,
    "listing": explore.listing,
    "map": counties.area_map,
    "pivot": explore.pivot,
    "profile": overview.profile,
    "progress": overview.progress_table,
    "ranking": counties.ranking,
    "ranking_table": counties.ranking_table,
    "stages": topics.stages,
    "tiles": overview.tiles,
    "trend": over_time.trend,
}
PERIODS, WINDOWS = ("period", "first", "last", "from", "to"), ("now", "base")
CODES, AREAS = ("indicator", "indicators", "tiles", "per"), ("area", "areas")
OPTIONS: dict[str, tuple[str, ...]] = {  # the other choices, and what each may be; () for any
    "against": ("year", "windows"),
    "aspect": (),
    "axes": ("shared", "free"),
    "breakdown": (),
    "by": (),
    "classes": ("own", "fixed"),
    "columns": (),
    "down": (),
    "facet": ("none", "area", "indicator"),
    "measure": ("value", "ytd"),
    "parts": (),
    "qualifier": (),
    "reach": ("both", "own", "parts", "all"),
    "seasonal": ("hidden", "shown"),
    "shape": ("lines", "bars", "years"),
    "status": (),
    "shown": ("level", "growth", "previous", "to_date"),
}


def make(setting: Setting, asked: Asked) -> Chart | None:
    """Answer a question with a chart; None where there is nothing to show."""
    return QUESTIONS[asked.question](Wanted(setting, dict(asked.choices)))


def misread(setting: Setting, asked: Asked) -> tuple[str, str] | None:
    """Return the first choice that no question knows, or whose word nothing bears.

    Addresses and recipes pass such over, since the next vintage may know them; who types one at
    the command line has mistyped it.
    """
    for key, said in asked.choices:
        words = said.split(",")
        if key in CODES:
            known = all(word in setting.labels.indicators for word in words)
        elif key in AREAS:
            known = all(word in setting.labels.areas or word == CHILDREN for word in words)
        elif key in PERIODS:
            known = is_period(said) or told_from(said)
        elif key in WINDOWS:
            known = read_window(said) is not None
        else:
            known = key in OPTIONS and (not OPTIONS[key] or said in OPTIONS[key])
        if not known:
            return key, said
    return None


def moved(asked: Asked, before: str, after: str) -> Asked:
    """Return the same question for a deck of another period: its windows move as far."""
    months = month_number(after) - month_number(before)
    return Asked(
        asked.question, tuple((key, _moved(key, said, months)) for key, said in asked.choices)
    )


def _moved(key: str, said: str, months: int) -> str:
    if key in PERIODS and is_period(said):
        return period_moved(said, months)
    window = read_window(said) if key in WINDOWS else None
    return str(Window(*(month + months for month in window))) if window else said
