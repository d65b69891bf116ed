"""Spark line: the shape of a series in the size of a word, as SVG without a library."""

from __future__ import annotations

from base64 import b64encode
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.charts.chart import PALETTE

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 120, 32, 4
STEADY = 'vector-effect="non-scaling-stroke"'


def sparkline(values: Sequence[float | None]) -> str:
    """Draw values as a line that breaks at gaps, and a dot on the last one; return a data URL."""
    known = [v for v in values if v is not None]
    if not known:
        return ""
    points = _scaled(values, min(known), max(known))
    runs = [
        [p for p in run if p is not None]
        for known_run, run in groupby(points, key=lambda p: p is not None)
        if known_run
    ]
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}" {STEADY}/>'
        for run in runs
    )
    alone = "".join(_dot(run[0], 3) for run in runs if len(run) == 1)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none" '
        f'fill="none" stroke="{PALETTE[0]}" stroke-width="1.5" stroke-linejoin="round">'
        f"{lines}{alone}{_dot(runs[-1][-1], 6)}</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _scaled(
    values: Sequence[float | None], low: float, high: float
) -> list[tuple[float, float] | None]:
    """Place values in the box; a flat series runs through its middle."""
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    spread = (high - low) or 1.0
    middle = 0.5 if high == low else 0.0
    return [
        None
        if v is None
        else (
            MARGIN + n * step,
            HEIGHT - MARGIN - ((v - low) / spread + middle) * (HEIGHT - 2 * MARGIN),
        )
        for n, v in enumerate(values)
    ]


def _dot(point: tuple[float, float], width: float) -> str:
    """Draw a dot as a line without length, which stays round where the picture is stretched."""
    return (
        f'<path d="M{point[0]:.1f},{point[1]:.1f}h0" stroke-width="{width}" '
        f'stroke-linecap="round" {STEADY}/>'
    )
