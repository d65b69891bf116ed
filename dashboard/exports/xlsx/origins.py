"""Asks a vintage on which cells of which files the points of charts rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.queries import lineage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts import Point
    from dashboard.queries.ask import Ask
    from dashboard.queries.lineage import Origin
    from dashboard.queries.values import Measure


def origins_of(ask: Ask, points: Iterable[Point], measure: Measure) -> tuple[Origin, ...]:
    """Return every cell behind some points; ``measure`` is of those that do not say theirs."""
    series: dict[Measure, set[int]] = {}
    for point in points:
        series.setdefault(point.measure or measure, set()).update(point.series_ids)
    found = (ask(lineage.origins, tuple(sorted(ids)), each) for each, ids in sorted(series.items()))
    return tuple(
        sorted({o for by_series in found for places in by_series.values() for o in places})
    )
