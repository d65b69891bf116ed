"""Markers: what happened at a period of a chart, and from which on an indicator counts otherwise.

Each is a dotted line with a number; the number stands before its note, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.chart import Marker
from dashboard.locale.periods import day_name, period_name
from dashboard.queries.periods import holding, month_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.charts.chart import Chart, Panel
    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.annotations import Annotation
    from dashboard.queries.definitions import DefinitionChange
    from dashboard.queries.values import Value

FIRST_SIGN = ord("①")


def markers(
    values: Sequence[Value],
    labels: Labels,
    annotations: Sequence[Annotation],
    panels: Mapping[str, Panel],
) -> tuple[Marker, ...]:
    """Return what concerns the values, in the order of time; ``panels`` are those of indicators."""
    periods = sorted({v.time_period for v in values})
    found: dict[tuple[str, str], set[str]] = {}
    for indicator in dict.fromkeys(v.indicator for v in values):
        areas = {v.ref_area for v in values if v.indicator == indicator}
        for month, text in _happened(indicator, areas, labels, annotations):
            period = holding(periods, month)
            if period:
                found.setdefault((period, text), set()).add(indicator)
    several = len({v.indicator for v in values}) > 1
    return tuple(
        Marker(
            period,
            chr(FIRST_SIGN + n),
            text,
            tuple(panels[code].title for code in sorted(codes)) if several else (),
        )
        for n, ((period, text), codes) in enumerate(sorted(found.items()))
    )


def _happened(
    indicator: str, areas: set[str], labels: Labels, annotations: Sequence[Annotation]
) -> Iterator[tuple[int, str]]:
    """Yield what happened, with the month in which it began."""
    for change in labels.indicators[indicator].changes:
        month = f"{change.starts_on[:4]}-M{change.starts_on[5:7]}"
        yield month_number(month), redefinition(change, labels.words)
    for one in annotations:
        if any(one.concerns(indicator, area) for area in areas):
            note = labels.words.pick(one.note, one.note_en)
            period = period_name(one.time_period, labels.words)
            yield (
                month_number(one.time_period),
                labels.words("marker.annotation", period=period, note=note),
            )


def redefinition(change: DefinitionChange, words: Words) -> str:
    """Say from when on an indicator counts otherwise, and why."""
    reason = words.pick(change.reason, change.reason_en)
    return words("change.redefined", day=day_name(change.starts_on, words), reason=reason)


def signs(chart: Chart, category: str) -> str:
    """Return the numbers of what happened at a category: ①②; empty where nothing did."""
    return "".join(m.sign for m in chart.markers if m.category == category)
