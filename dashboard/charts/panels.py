"""Small multiples: a chart split into its panels, which every hand draws side by side."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts.chart import Chart, Panel

ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)  # where an axis may end, times a power of ten
HEADROOM, SMALLEST = 1.05, 1e-6


def panels(chart: Chart) -> tuple[Chart, ...]:
    """Return a chart a panel, or the chart itself where it has none.

    With shared axes all parts end at the same value, so that heights compare across them.
    """
    found = list(dict.fromkeys(s.panel for s in chart.series))
    if found in ([], [None]):
        return (chart,)
    known = (p.value for p in chart.points if p.value is not None)
    shared = limits(known) if chart.axes == "shared" else None
    return tuple(_part(chart, panel, shared) for panel in found if panel)


def limits(values: Iterable[float]) -> tuple[float, float]:
    """Return where an axis for some values begins and ends: nought, and round numbers beyond."""
    known = list(values)
    return -_round_up(-min(known, default=0.0)), _round_up(max(known, default=0.0)) or 1.0


def _part(chart: Chart, panel: Panel, shared: tuple[float, float] | None) -> Chart:
    return replace(
        chart,
        title=panel.title,
        unit=panel.unit,
        decimals=panel.decimals,
        series=tuple(replace(s, panel=None) for s in chart.series if s.panel == panel),
        notes=(),
        alt=f"{panel.title}. {chart.alt}",
        limits=shared,
        markers=tuple(m for m in chart.markers if not m.panels or panel.title in m.panels),
    )


def _round_up(value: float) -> float:
    if value <= 0:
        return 0.0
    wanted = max(value * HEADROOM, SMALLEST)
    power = 10.0 ** floor(log10(wanted))
    return next((step * power for step in ROUND if step * power >= wanted), ROUND[-1] * power)
