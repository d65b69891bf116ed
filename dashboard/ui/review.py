"""What the overview knows before it draws anything: one area in one period, for both its looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.locale.periods import day_name
from dashboard.locale.sentences import headline
from dashboard.queries import overview
from dashboard.queries.aims import aims
from dashboard.ui.asking import ask
from dashboard.ui.exceptions import exceptional
from dashboard.ui.overview import tile_points
from dashboard.ui.progress import aim_lines, bullet, progress_of

if TYPE_CHECKING:
    from dashboard.queries.aims import Aim
    from dashboard.queries.values import Measure, Value
    from dashboard.ui.exceptions import Exceptional
    from dashboard.ui.progress import By
    from dashboard.ui.view import View

IN_SENTENCE = 3


@dataclass(frozen=True)
class Review:
    """The choices, and what there is to say of them."""

    area: str
    period: str
    measure: Measure
    histories: list[tuple[Value, ...]]
    progress: By
    aims: tuple[Aim, ...]
    bullets: dict[str, str]  # indicator → its progress, drawn or said
    sentence: str
    date_line: str
    exceptional: list[Exceptional]


def review(
    view: View, indicators: tuple[str, ...], area: str, period: str, measure: Measure
) -> Review:
    """Ask everything that the overview shows."""
    histories = tile_points(view, indicators, area, period, measure)
    progress = progress_of(view, indicators, area, period)
    aimed = ask(aims, view.dataset, indicators, area, period)
    own = {code: areas[area] for code, areas in progress.items() if area in areas}
    due = ask(overview.due_areas, view.dataset, area, period)
    silent = [code for code, came in due.items() if not came]
    overdue = ask(overview.overdue_areas, view.dataset, area, period)
    values = [history[-1] for history in histories][:IN_SENTENCE]
    return Review(
        area,
        period,
        measure,
        histories,
        progress,
        aimed,
        {code: bullet(view, one) for code, one in own.items()} | aim_lines(view, aimed),
        headline(values, area, period, silent, view.labels, measure, overdue, own),
        _date_line(view, len(due) - len(silent), len(due), silent) if due else "",
        exceptional(view, area, period, progress),
    )


def _date_line(view: View, n: int, of: int, silent: list[str]) -> str:
    say = view.words
    line = say("overview.date_line", as_of=day_name(view.vintage.as_of, say), n=n, of=of)
    if not silent:
        return line
    names = say.listed([view.labels.short_area(code) for code in silent])
    return line + say("overview.date_line_silent", areas=names)
