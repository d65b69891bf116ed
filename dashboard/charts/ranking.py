"""Ranking: the counties of an area in one period, best first, the silent ones apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.chart import PALETTE, Chart, Provenance, Series
from dashboard.charts.notes import mark_notes, redefined, reported
from dashboard.charts.points import ranked_point
from dashboard.locale.numbers import unit
from dashboard.locale.periods import period_name
from dashboard.locale.sentences import climbed, ranking_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Measure


def ranking(
    rows: Sequence[Ranked],
    indicator: str,
    period: str,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe a ranking; areas without a value are named in a note and have no bar."""
    entry = labels.indicators[indicator]
    when = period_name(period, labels.words, measure)
    placed = [row for row in rows if row.place is not None]
    points = tuple(ranked_point(row, indicator, when, labels, measure) for row in placed)
    title = ranking_title(rows, indicator, when, labels)
    return Chart(
        kind="ranking",
        title=title,
        unit=unit(entry, labels.words),
        unit_line=labels.words("unit_line", unit=unit(entry, labels.words)),
        decimals=entry.decimals,
        categories=tuple((row.ref_area, _category(row, labels)) for row in placed),
        series=(Series(labels.indicator(indicator, rows[0].breakdown), points, PALETTE[0]),),
        notes=_notes(rows, entry.direction, labels)
        + redefined(entry, period, period, labels.words)
        + mark_notes(points, "ranking", labels.words),
        alt=labels.words("counties.alt_ranking", title=title, unit=unit(entry, labels.words)),
        provenance=provenance,
        reported=reported(rows, labels, measure),
    )


def _category(row: Ranked, labels: Labels) -> str:
    return f"{row.place}  {labels.short_area(row.ref_area)} {climbed(row.climbed, labels.words)}"


def _notes(rows: Sequence[Ranked], direction: str, labels: Labels) -> tuple[str, ...]:
    apart = [
        labels.words(
            "counties.apart_one", area=labels.short_area(r.ref_area), reason=labels.missing(r)
        )
        for r in rows
        if r.place is None
    ]
    notes = [labels.words("counties.climbed_hint")]
    if direction == "down":
        notes.insert(0, labels.words("counties.low_is_good"))
    if apart:
        notes.insert(0, labels.words("counties.apart", areas=labels.words.listed(apart)))
    return tuple(notes)
