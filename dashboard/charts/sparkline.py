"""Spark line: the shape of a series in the size of a word, as SVG without a library."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 120, 32, 4


def sparkline(values: Sequence[float | None]) -> str:
    """Draw values as a line that breaks at gaps, and a dot on the last one."""
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
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>' for run in runs
    )
    alone = "".join(_dot(run[0], 1.5) for run in runs if len(run) == 1)
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'preserveAspectRatio="none">{lines}{alone}{_dot(runs[-1][-1], 2.5)}</svg>'
    )


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


def _dot(point: tuple[float, float], radius: float) -> str:
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="{radius}"/>'
