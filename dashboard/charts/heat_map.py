"""Heat map: counties down, periods across, one colour scale; a gap stays blank and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.chart import Chart
from dashboard.charts.notes import mark_notes, reported
from dashboard.charts.trend import trend
from dashboard.locale.periods import period_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.chart import Provenance
    from dashboard.locale.labels import Labels
    from dashboard.queries.values import Measure, Value


def heat_map(
    values: Sequence[Value], labels: Labels, provenance: Provenance, measure: Measure = "value"
) -> Chart:
    """Describe the values of one indicator in many areas as a row an area."""
    lines = trend(values, labels, provenance, measure=measure)
    title = labels.words(
        "counties.heat_title",
        indicator=labels.indicator(values[0].indicator, values[0].breakdown),
    )
    first, last = lines.categories[0][0], lines.categories[-1][0]
    return Chart(
        kind="heat_map",
        title=title,
        unit=lines.unit,
        unit_line=lines.unit_line,
        decimals=lines.decimals,
        categories=lines.categories,
        series=lines.series,
        notes=mark_notes(lines.points, "heat_map", labels.words),
        alt=labels.words(
            "counties.alt_heat",
            title=title,
            first=period_name(first, labels.words),
            last=period_name(last, labels.words),
            unit=lines.unit,
        ),
        provenance=provenance,
        reported=reported((v for v in values if v.time_period == last), labels, measure),
    )
