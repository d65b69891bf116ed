"""Writes a chart as one sheet in the form that an office sends: title, 单位, table, footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.xlsx.grid import grid_of
from dashboard.exports.xlsx.place import HEAD, height, place_of
from dashboard.exports.xlsx.styles import SMALL, TITLE
from dashboard.exports.xlsx.table import merged, write_table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from dashboard.charts import Chart
    from dashboard.exports.release import Released
    from dashboard.exports.xlsx.grid import Grid
    from dashboard.exports.xlsx.place import Place
    from dashboard.exports.xlsx.styles import Styles
    from dashboard.locale import Words

A4, A3 = 9, 8
ON_ONE_PAGE = 30  # rows that can still be read where all of them stand on one page
LONGEST = 100  # characters of a title in a footer, which holds 255
ON_A4 = 190  # characters across its longer side at a size that can still be read


def write_sheet(sheet: Worksheet, chart: Released, title: str, style: Styles, words: Words) -> None:
    """Write title, unit, table and notes, and who made and who checked it."""
    grid = grid_of(chart, words)
    place = place_of(grid)
    for n, width in enumerate(place.widths):
        sheet.set_column(n, n, width)
    _head(sheet, chart, title, place, style)
    write_table(sheet, chart, grid, place, style)
    _foot(sheet, chart, grid, place, style, words)
    paper(sheet, title, (HEAD, place.row), place, words)
    if len(grid.rows) <= ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(place.row, place.column)


def paper(sheet: Worksheet, title: str, heads: tuple[int, int], place: Place, words: Words) -> None:
    """Set up printing: one page wide, A4 across or A3 for what is wider, headings on every page."""
    sheet.set_paper(A4 if sum(place.widths) <= ON_A4 else A3)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.repeat_rows(heads[0], heads[1] - 1)
    sheet.fit_to_pages(1, 0)
    named = title[:LONGEST].replace("&", "&&")
    sheet.set_footer(f"&C{words('book.page', title=named)}")


def _head(sheet: Worksheet, chart: Chart, title: str, place: Place, style: Styles) -> None:
    """Write the title over all columns; below it the badge at the left, the unit at the right."""
    merged(sheet, (0, 0, 0, place.last), title, style("title"))
    sheet.set_row(0, height(title, sum(place.widths), TITLE) + 4)
    middle = max(place.column - 1, (place.last - 1) // 2)
    merged(sheet, (1, 0, 1, middle), chart.provenance.badge, style("badge"))
    merged(sheet, (1, middle + 1, 1, place.last), chart.unit_line, style("unit"))


def _foot(
    sheet: Worksheet, chart: Chart, grid: Grid, place: Place, style: Styles, words: Words
) -> None:
    """Write what marks mean, source and vintage, and the line for names to be put in by hand."""
    origin = chart.provenance
    row = place.row + len(grid.rows)
    for text in (*chart.notes, chart.coverage, origin.source, origin.footer):
        if text:
            merged(sheet, (row, 0, row, place.last), text, style("note"))
            sheet.set_row(row, height(text, sum(place.widths), SMALL))
            row += 1
    thirds = [round(n * (place.last + 1) / 2) for n in range(3)]
    for n, key in enumerate(("book.made_by", "book.checked_by")):
        merged(sheet, (row, thirds[n], row, thirds[n + 1] - 1), words(key), style("left"))
    sheet.set_row(row, 24)
