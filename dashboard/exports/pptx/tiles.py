"""Tiles on a slide: a native table whose cells each hold a figure, its change and its progress."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.exports.pptx.boxes import INSET, LINE, POINTS, Box, lines_of
from dashboard.exports.pptx.table import PAPER, Cell, write_table
from dashboard.exports.pptx.text import GREY, INK, Run, paragraph
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Series
    from dashboard.locale import Words

    Types = tuple[int, int, int]

WIDEST, NARROWEST = 2.6, 1.9  # inches of a tile
GROUND = "F6F7F8"
# Points of a tile's name, of its figure at most, and of the lines below.
TYPES = ((13, 24, 11), (12, 20, 10), (11, 18, 9), (10, 16, 8), (9, 14, 7))
PAD, FOREIGN = 0.3, 1.1  # inches at the sides; an office's typeface may be so much wider than ours
LINE_OF_LATIN = 1.2  # of its size a line of Latin takes
HIGH, HIGHEST = 1.55, 2.0  # inches of a tile beside charts, and alone
BOUND = "\u00a0"  # a lamp and its word stay on one line
OF_WORDS = re.compile(r"(?<=\d) (?=[A-Za-z])")  # between 5,156.7 and thousand yuan
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
    n_rows = ceil(len(chart.series) / columns)
    high, room = min(HIGHEST, box.height / n_rows), (box.width / columns - PAD) * POINTS / FOREIGN
    lines = [_Lines.of(series, say) for series in chart.series]
    fitting = (of for of in TYPES if max(told.height(room, of) for told in lines) <= high * POINTS)
    types = next(fitting, TYPES[-1])
    cells = [told.cell(room, types) for told in lines]
    cells += [Cell((paragraph([Run("", types[-1])], "l"),))] * (-len(cells) % columns)
    rows = [cells[k : k + columns] for k in range(0, len(cells), columns)]
    place = Box(box.left, box.top, box.width, high * len(rows))
    widths, heights = [box.width / columns] * columns, [high] * len(rows)
    write_table(slide, name, chart.alt, place, widths, heights, rows)


class _Lines(NamedTuple):
    """What a tile says: the indicator's name, its figure, its unit, and the lines below.

    A unit of words (thousand yuan) is set as small as the lines below: beside it the figure has
    room to be large. 万元 and % belong to their figure.
    """

    name: str
    figure: str
    unit: str
    below: tuple[str, ...]

    @classmethod
    def of(cls, series: Series, say: Words) -> _Lines:
        """Return what the tile of a series says."""
        figure, *progress = series.points
        below = tuple(_below(figure, progress, say))
        number, *unit = OF_WORDS.split(figure.text + SIGNS.get(figure.mark, ""), 1)
        return cls(series.name, number, "".join(f" {words}" for words in unit), below)

    def height(self, room: float, types: Types) -> float:
        """Return how high a tile is in points, in lines of so many."""
        name, _, small = types
        high = lines_of([self.name], room, name) * name + self._large(room, types)
        line = LINE_OF_LATIN if (self.name + self.figure).isascii() else LINE
        return (high + lines_of(self.below, room, small) * small) * line + 2 * INSET * POINTS

    def _large(self, room: float, types: Types) -> int:
        """Return the size in which the figure stays on one line."""
        _, most, least = types
        left = room - width_of(self.unit, least)
        return next((n for n in range(most, least, -1) if width_of(self.figure, n) <= left), least)

    def cell(self, room: float, types: Types) -> Cell:
        """Return the tile as a cell of the table."""
        name, _, small = types
        figure = [Run(self.figure, self._large(room, types), INK, bold=True)]
        figure += [Run(self.unit, small, INK)] if self.unit else []
        lines = [
            paragraph([Run(self.name, name, GREY)], "l"),
            paragraph(figure, "l"),
            *(paragraph([Run(text, small, INK)], "l") for text in self.below),
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
