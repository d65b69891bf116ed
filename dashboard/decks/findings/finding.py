"""A finding: sentences with the points that they rest on, by which they are released or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard import charts
from dashboard.queries import overview
from dashboard.queries.progress import policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Point
    from dashboard.decks.setting import Wanted
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Measure, Measured


class Finding(NamedTuple):
    """Sentences, none where there is nothing to say, and the points that they rest on."""

    sentences: tuple[str, ...] = ()
    rests_on: tuple[Point, ...] = ()


def ranking_points(
    wanted: Wanted, code: str, rows: Sequence[Ranked], measure: Measure
) -> tuple[Point, ...]:
    """Return the points of a ranking: who leads tells of them."""
    if not rows:
        return ()
    origin = wanted.setting.origin()
    return charts.ranking(rows, code, wanted.period, wanted.labels, origin, measure).points


def points(wanted: Wanted, values: Iterable[Measured]) -> tuple[Point, ...]:
    """Return the points of some values."""
    return tuple(charts.point_of(value, wanted.labels, measure) for value, measure in values)


def done(wanted: Wanted, found: Iterable[Progress]) -> tuple[Point, ...]:
    """Return the points of what is done of some targets."""
    rule = wanted.ask(policy)
    return tuple(charts.done(progress, rule, wanted.labels) for progress in found)


def silent_areas(wanted: Wanted) -> tuple[list[str], tuple[str, ...]]:
    """Return the parts of the area that sent nothing, and those of them that are overdue."""
    asked = (wanted.dataset, wanted.area, wanted.period)
    came = wanted.ask(overview.due_areas, *asked)
    return [code for code, is_in in came.items() if not is_in], wanted.ask(
        overview.overdue_areas, *asked
    )
