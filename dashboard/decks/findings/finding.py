"""A finding: sentences with the points that they rest on, by which they are released or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard import charts
from dashboard.charts import point_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Point
    from dashboard.decks.setting import Wanted
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Value


class Finding(NamedTuple):
    """Sentences, none where there is nothing to say, and the points that they rest on."""

    sentences: tuple[str, ...] = ()
    rests_on: tuple[Point, ...] = ()


def ranked(wanted: Wanted, code: str, rows: Sequence[Ranked]) -> tuple[Point, ...]:
    """Return the points of a ranking: who leads tells of them."""
    if not rows:
        return ()
    drawn = charts.ranking(
        rows, code, wanted.period, wanted.labels, wanted.setting.origin(), wanted.measure
    )
    return tuple(replace(point, measure=wanted.measure) for point in drawn.points)


def points(wanted: Wanted, values: Sequence[Value]) -> tuple[Point, ...]:
    """Return the points of some values."""
    return tuple(point_of(value, wanted.labels, wanted.measure) for value in values)
