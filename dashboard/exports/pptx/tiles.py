"""Tiles on a slide: a native table whose cells each hold a figure, its change and its progress."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from dashboard.exports.pptx.boxes import POINTS, Box
from dashboard.exports.pptx.table import PAPER, Cell, write_table
from dashboard.exports.pptx.text import GREY, INK, Run, paragraph
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Series
    from dashboard.locale import Words

WIDEST, NARROWEST = 2.6, 1.9  # inches of a tile
GROUND = "F6F7F8"
NAME, SMALL = 13, 11
FIGURES = (24, 20, 18, 16, 14, 12)
HIGH, HIGHEST = 1.55, 2.0  # inches of a tile beside charts, and alone
BOUND = "\u00a0"  # a lamp and its word stay on one line
SIGNS = {"provisional": " ○", "conflict": " ✕"}


def columns_of(chart: Chart, width: float) -> int:
    """Return how many tiles stand side by side: as even rows as there is room for."""
    n = max(len(chart.series), 1)
    most = max(1, int(width / NARROWEST))
    return ceil(n / ceil(n / most))


def height_of(chart: Chart, width: float) -> float:
    """Return how high the tiles of a chart stand in a width, in inches."""
    return HIGH * ceil(max(len(chart.series), 1) / columns_of(chart, width))


def add_tiles(slide: Any, chart: Chart, box: Box, name: str, say: Words) -> None:
    """Add a table of tiles, row by row."""
    columns = columns_of(chart, box.width)
    cells = [_tile(series, box.width / columns, say) for series in chart.series]
    cells += [Cell((paragraph([Run("", SMALL)], "l"),))] * (-len(cells) % columns)
    rows = [cells[k : k + columns] for k in range(0, len(cells), columns)]
    high = min(HIGHEST, box.height / len(rows))
    place = Box(box.left, box.top, box.width, high * len(rows))
    widths, heights = [box.width / columns] * columns, [high] * len(rows)
    write_table(slide, name, chart.alt, place, widths, heights, rows)


def _tile(series: Series, width: float, say: Words) -> Cell:
    figure, *progress = series.points
    written = figure.text + SIGNS.get(figure.mark, "")
    room = (width - 0.3) * POINTS
    size = next((n for n in FIGURES if width_of(written, n) <= room), FIGURES[-1])
    lines = [
        paragraph([Run(series.name, NAME, GREY)], "l"),
        paragraph([Run(written, size, INK, bold=True)], "l"),
        *(paragraph([Run(text, SMALL, INK)], "l") for text in _below(figure, progress, say)),
    ]
    return Cell(tuple(lines), GROUND, PAPER, thick=True)


def _below(figure: Point, progress: list[Point], say: Words) -> list[str]:
    """Return what stands below a figure: its change, the progress to its target, who reported."""
    told = [point for point in progress if point.text]
    change = (
        f"{say('change.on_year')} {figure.change}"
        if figure.change not in ("", say("change.none"))
        else ""
    )
    done = (f"{p.text}　{p.short.replace(' ', BOUND)}" for p in told)
    return [text for text in (change, *done, figure.coverage) if text]
