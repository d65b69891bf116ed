"""Writes a grid: merged headings, the names of its rows, values with their formulas and gaps."""

from __future__ import annotations

import re
from itertools import groupby, takewhile
from math import ceil
from typing import TYPE_CHECKING

from dashboard.charts import Point, in_cell
from dashboard.exports.xlsx.formulas import formula
from dashboard.exports.xlsx.number import number_format
from dashboard.exports.xlsx.place import HEAD, broken, height

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from dashboard.charts import Chart
    from dashboard.exports.xlsx.grid import Cell, Grid, Heading
    from dashboard.exports.xlsx.place import Place
    from dashboard.exports.xlsx.styles import Styles


SHORT = 4  # characters
SAYS_HOW_MUCH = re.compile(r"约?[+-]?\d")  # +5.1%, 约-0.3个百分点: at the right, as numbers


def write_table(sheet: Worksheet, chart: Chart, grid: Grid, place: Place, style: Styles) -> None:
    """Write all of a grid; rows of totals are bold."""
    for n, text in enumerate(grid.stub):
        merged(sheet, (HEAD, n, place.row - 1, n), text, style("head"))
    for level in range(place.row - HEAD):
        _level(sheet, grid, level, place, style)
    for n, (names, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        bold = n in chart.total_rows
        row = place.row + n
        for k, name in enumerate(names):
            sheet.write_string(row, k, name, style("stub", bold=bold))
        for k, cell in enumerate(cells):
            _write(sheet, chart, place, (row, place.column + k), cell, style, bold=bold)
        said = [*names, *(cell for cell in cells if isinstance(cell, str))]
        widths = [*place.widths[: len(names)], *(
            place.widths[place.column + k] for k, cell in enumerate(cells) if isinstance(cell, str)
        )]  # fmt: skip
        sheet.set_row(row, max(map(height, said, widths)))


def merged(sheet: Worksheet, box: tuple[int, int, int, int], text: str, look: Format) -> None:
    """Write a text into a box of cells (top, left, bottom, right), one where they are several."""
    top, left, bottom, right = box
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", look)
    sheet.write_string(top, left, text, look)


def _level(sheet: Worksheet, grid: Grid, level: int, place: Place, style: Styles) -> None:
    """Write one row of headings: neighbours under one word share it, a last word reaches down."""
    row = HEAD + level
    highest = 0.0
    for heads, several in _together(grid.columns, level):
        if len(heads) <= level or not heads[level]:
            continue  # the word above reaches down
        below = _reach([grid.columns[k] for k in several], level)
        first, last = place.column + several[0], place.column + several[-1]
        said = broken(heads[level])
        merged(sheet, (row, first, row + below, last), said, style("head"))
        needed = height(said, sum(place.widths[first : last + 1]))
        highest = max(highest, ceil(needed / (below + 1)))
    sheet.set_row(row, highest)


def _together(columns: Sequence[Heading], level: int) -> Iterable[tuple[Heading, list[int]]]:
    """Return the columns that stand under one word; on the last level each has its own."""
    last = level + 1 == max(map(len, columns))
    keys = ((heads[: level + 1], k if last else 0) for k, heads in enumerate(columns))
    for (heads, _), group in groupby(enumerate(keys), lambda entry: entry[1]):
        yield heads, [k for k, _ in group]


def _reach(columns: Sequence[Heading], level: int) -> int:
    """Return over how many levels below it a word reaches, since nothing is written there."""
    following = zip(*(column[level + 1 :] for column in columns), strict=True)
    return sum(1 for _ in takewhile(lambda names: not any(names), following))


def _word(point: Point) -> str:
    """Return what stands in place of a number, in full where it is short: 未到期, not 未到."""
    whole = point.value is None and len(point.text) <= SHORT
    return point.text if whole else in_cell(point)


def _write(
    sheet: Worksheet, chart: Chart, place: Place, at: tuple[int, int], cell: Cell, style: Styles,
    *, bold: bool,
) -> None:  # fmt: skip
    """Write a cell: a number or its formula, the word for why there is none, or a text."""
    if not isinstance(cell, Point):
        look = "figure" if SAYS_HOW_MUCH.match(cell or "") else "text"
        sheet.write_string(*at, cell or "", style(look, bold=bold))
        return
    shown = number_format(cell)
    if cell.value is None or not shown:
        look = "gap" if cell.value is None else "figure"
        sheet.write_string(*at, _word(cell), style(look, bold=bold))
        return
    worked_out = formula(cell, chart, place)
    if worked_out:
        sheet.write_formula(*at, worked_out, style("figure", shown, bold=bold), cell.value)
    else:
        sheet.write_number(*at, cell.value, style("figure", shown, bold=bold))
