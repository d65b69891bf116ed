"""Draws values over time, as lines that break at gaps or as bars side by side."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.charts import signs
from dashboard.exports.svg.marks import DASHES, filling, spot
from dashboard.exports.svg.paper import Box, Ink, rectangle, rule, text
from dashboard.exports.svg.scale import Scale, scale
from dashboard.exports.svg.words import width_of
from dashboard.locale.numbers import number

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Series


def lines(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a line a series, each with its own dashes."""
    axes, plot, up = _axes(chart, box, ink)
    across = _across(chart, plot)
    drawn, labels = "", Labels(ink, plot.y + plot.height)
    for n, series in enumerate(chart.series):
        drawn += _line(series, DASHES[n % len(DASHES)], across, up, ink)
        for p in _spoken(chart, series, across, ink):
            labels.write(p.short, across[p.category], up(p.value or 0.0), below=_trough(p, series))
    return axes + _markers(chart, plot, across, ink) + drawn + labels.drawn


def bars(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw a bar a value; where there is none, its place stays empty."""
    axes, plot, up = _axes(chart, box, ink)
    across = _across(chart, plot)
    wide = plot.width / len(chart.categories) * 0.72 / len(chart.series)
    drawn, labels = "", Labels(ink, plot.y + plot.height)
    for n, series in enumerate(chart.series):
        shift = (n - len(chart.series) / 2) * wide
        for p in series.points:
            if p.value is not None:
                bar = _bar(across[p.category] + shift, wide, up(p.value), up(0.0))
                drawn += rectangle(bar, filling(p, series, ink), series.colour)
        for p in _spoken(chart, series, across, ink):
            x = across[p.category] + shift + wide / 2
            labels.write(p.short, x, up(p.value or 0.0), below=(p.value or 0.0) < 0)
    return axes + _markers(chart, plot, across, ink) + drawn + labels.drawn


def _markers(chart: Chart, plot: Box, across: dict[str, float], ink: Ink) -> str:
    """Draw a dotted line where something happened, with the number of its note on top."""
    drawn = ""
    for category in dict.fromkeys(m.category for m in chart.markers):
        x, top = across[category], plot.y + ink.size * 1.2
        drawn += rule(x, top, x, plot.y + plot.height, ink.muted, "2 3")
        drawn += text(signs(chart, category), x, plot.y + ink.size, ink.size, ink.text, "middle")
    return drawn


def stacked(chart: Chart, box: Box, ink: Ink) -> str:
    """Draw the parts of each category upon each other; what is written says only what is doubtful.

    The axis reaches the highest stack: it is drawn for a chart of the sums.
    """
    sums: dict[str, float] = {}
    for p in chart.points:
        sums[p.category] = sums.get(p.category, 0.0) + (p.value or 0.0)
    tallest = replace(
        chart,
        series=tuple(
            replace(s, points=tuple(replace(p, value=sums[p.category]) for p in s.points))
            for s in chart.series
        ),
    )
    drawn, plot, up = _axes(tallest, box, ink)
    across, labels = _across(chart, plot), Labels(ink, plot.y + plot.height)
    wide = plot.width / len(chart.categories) * 0.6
    reached = dict.fromkeys(across, 0.0)
    for series in chart.series:
        for p in (p for p in series.points if p.value is not None):
            low, high = reached[p.category], reached[p.category] + (p.value or 0.0)
            reached[p.category] = high
            bar = _bar(across[p.category] - wide / 2, wide, up(high), up(low))
            drawn += rectangle(bar, filling(p, series, ink), series.colour)
            if p.mark in ("inexact", "conflict"):
                labels.write(p.short, across[p.category], up(high), below=False)
    return drawn + labels.drawn


def _bar(x: float, wide: float, y: float, base: float) -> Box:
    return Box(x, min(y, base), wide, abs(base - y))


def _axes(chart: Chart, box: Box, ink: Ink) -> tuple[str, Box, Scale]:
    """Draw the grid with its figures and the periods below; return what is left inside."""
    below = ink.size * 3.0
    up = scale(
        [*(p.value for p in chart.points), *(chart.limits or ())], chart.decimals,
        box.y + box.height - below, -(box.height - below - ink.size * 1.5),
    )  # fmt: skip
    decimals = chart.decimals if up.step < 1 else 0
    ticks = [(up(value), number(value, decimals)) for value in up.ticks()]
    left = max(width_of(said, ink.size) for _, said in ticks) + ink.size * 0.6
    plot = Box(box.x + left, box.y, box.width - left, box.height - below)
    grid = "".join(
        rule(plot.x, y, plot.x + plot.width, y, ink.rule)
        + text(said, plot.x - ink.size * 0.5, y + ink.size * 0.35, ink.size, ink.muted, "end")
        for y, said in ticks
    )
    base = rule(plot.x, up(0.0), plot.x + plot.width, up(0.0), ink.muted)
    return grid + base + _periods(chart, plot, ink), plot, up


def _across(chart: Chart, plot: Box) -> dict[str, float]:
    """Return the middle of each category's place."""
    slot = plot.width / len(chart.categories)
    return {key: plot.x + (n + 0.5) * slot for n, (key, _) in enumerate(chart.categories)}


def _periods(chart: Chart, plot: Box, ink: Ink) -> str:
    """Write the periods below the axis; where they are too many, the years only."""
    slot = plot.width / len(chart.categories)
    split = [label.split("<br>") for _, label in chart.categories]
    crowded = max(width_of(parts[0], ink.size) for parts in split) > slot * 0.95
    with_year = any(len(parts) > 1 for parts in split)
    drawn, free = "", plot.x - slot
    for n, parts in enumerate(split):
        x = plot.x + (n + 0.5) * slot
        said = ([parts[-1]] if len(parts) > 1 else []) if crowded and with_year else parts
        if crowded and not with_year:
            said = parts if x - width_of(parts[0], ink.size) * 0.6 > free else []
            free = x + width_of(parts[0], ink.size) * 0.6 if said else free
        for k, words in enumerate(said):
            y = plot.y + plot.height + ink.size * (1.3 + 1.2 * k)
            drawn += text(words, x, y, ink.size, ink.muted, "middle")
    return drawn


def _line(series: Series, dash: str, across: dict[str, float], up: Scale, ink: Ink) -> str:
    """Draw the runs between gaps, and a mark a point."""
    drawn = ""
    for known, run in groupby(series.points, key=lambda p: p.value is not None):
        if known:
            places = [(p, across[p.category], up(p.value or 0.0)) for p in run]
            path = " ".join(f"{x:.1f},{y:.1f}" for _, x, y in places)
            drawn += (
                f'<polyline points="{path}" fill="none" stroke="{series.colour}" '
                f'stroke-width="2" stroke-dasharray="{dash or "none"}"/>'
            )
            drawn += "".join(spot(p, x, y, series.colour, ink) for p, x, y in places)
    return drawn


class Labels:
    """Figures beside their points, none upon another: nobody can point at paper."""

    def __init__(self, ink: Ink, floor: float) -> None:
        self.ink = ink
        self.floor = floor
        self.size = ink.size * 0.9
        self.drawn = ""
        self._taken: list[tuple[float, float, float]] = []  # middle, baseline, width

    def write(self, words: str, x: float, y: float, *, below: bool) -> None:
        """Write above or ``below`` a point, elsewhere beside it where that is taken, or not."""
        above, under, higher = (y + n * self.ink.size for n in (-0.7, 1.5, -1.8))
        wide = width_of(words, self.size)
        for base in (under, above, higher) if below else (above, under, higher):
            if base < self.floor and not any(
                abs(x - left) < (wide + width) / 2 and abs(base - other) < self.size
                for left, other, width in self._taken
            ):
                self._taken.append((x, base, wide))
                self.drawn += text(words, x, base, self.size, self.ink.text, "middle")
                return


def _spoken(chart: Chart, series: Series, across: dict[str, float], ink: Ink) -> list[Point]:
    """Return the points to label: of one series all or the last, of several what is not plain."""
    known = [p for p in series.points if p.value is not None]
    doubtful = [p for p in known if p.mark in ("inexact", "conflict")]
    if len(chart.series) > 1 or not known:
        return doubtful
    slot = (max(across.values()) - min(across.values())) / max(len(across) - 1, 1)
    room = len(across) == 1 or all(width_of(p.short, ink.size * 0.9) < slot for p in known)
    return known if room else [*(p for p in doubtful if p is not known[-1]), known[-1]]


def _trough(point: Point, series: Series) -> bool:
    """Whether the values on both sides are higher: the line runs above, the label goes below."""
    n = series.points.index(point)
    beside = [p.value for p in series.points[max(n - 1, 0) : n + 2] if p is not point]
    return bool(beside) and all(v is not None and v > (point.value or 0.0) for v in beside)
