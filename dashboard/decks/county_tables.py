"""County tables: an area's parts by indicator in one period, as many tables as paper has room for.

An office sends them in this form; aspects of the work stay together.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.locale.periods import period_name
from dashboard.queries import areas, choices, explore, lineage, pivot
from dashboard.queries.periods import freq_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Chart
    from dashboard.decks.setting import Setting
    from dashboard.queries.values import Measure

MOST_COLUMNS = 13  # of figures, beside the areas' names, on A4 across


def county_tables(
    setting: Setting, indicators: Sequence[str], measure: Measure = "value"
) -> list[Chart]:
    """Return a table for each of some indicators' aspects, several small ones in one.

    An area without parts has a table of its own.
    """
    several = list(grouped(setting, indicators))
    tables = (_table(setting, group, measure, alone=len(several) == 1) for group in several)
    return [table for table in tables if table]


def wanted(setting: Setting, indicators: Sequence[str], measure: Measure) -> explore.Chosen:
    """Return what a table asks for: all parts of each indicator in the areas that make up ours."""
    choice = setting.choice
    members = setting.ask(areas.children, choice.area) or (choice.area,)
    period = choice.period
    return explore.Chosen(choice.dataset, tuple(indicators), members, (), period, period, measure)


def grouped(setting: Setting, indicators: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """Yield indicators of neighbouring aspects as long as their columns have room."""
    group: tuple[str, ...] = ()
    for _, several in groupby(indicators, lambda code: setting.labels.indicators[code].aspect):
        more = (*group, *several)
        if group and _columns(setting, more) > MOST_COLUMNS:
            yield group
            group = more[len(group) :]
        else:
            group = more
    if group:
        yield group


def _columns(setting: Setting, indicators: Sequence[str]) -> int:
    choice = setting.choice
    freq = freq_of(choice.period)
    return sum(
        len(setting.ask(choices.breakdowns, choice.dataset, code, freq)) for code in indicators
    )


def _table(
    setting: Setting, indicators: tuple[str, ...], measure: Measure, *, alone: bool
) -> Chart | None:
    """Return one table; None where nobody has a value, nor was expected to."""
    ask, say, choice = setting.ask, setting.words, setting.choice
    chosen = wanted(setting, indicators, measure)
    found = ask(pivot.pivot, chosen)
    if not found.cells:
        return None
    files = ask(lineage.files, choice.dataset, indicators, chosen.areas)
    origin = setting.origin(lineage.between(files, choice.period, choice.period))
    entries = [setting.labels.indicators[code] for code in indicators]
    aspects = dict.fromkeys(say.pick(e.aspect_name, e.aspect_name_en) for e in entries)
    title = say(
        "book.title" if alone else "book.title_of",
        area=setting.labels.area(choice.area),
        period=period_name(choice.period, say, measure),
        aspects=say.listed([*aspects]),
    )
    return charts.pivot(found, ("area",), title, setting.labels, origin, measure)
