"""The sheets of sources and coverage: which cells of which files, and what is missing where."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.exports.cells import ranges
from dashboard.exports.xlsx.place import Place, height
from dashboard.exports.xlsx.sheet import paper
from dashboard.exports.xlsx.styles import TITLE
from dashboard.exports.xlsx.table import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from dashboard.charts import Chart, Provenance
    from dashboard.exports.xlsx.styles import Styles
    from dashboard.locale import Words
    from dashboard.queries.lineage import Origin

HEADING = 5  # the row of a list's headings, below a line left free
WIDTHS = (44, 22, 40, 24)
FILES = ("file", "sheet", "cells", "reported")
COVERAGE = ("indicator", "period", "lacking", "coverage")


def write_sources(
    sheet: Worksheet, chart: Chart, origins: Sequence[Origin], style: Styles, words: Words
) -> None:
    """Write of what the workbook is made: data and vintage, and the cells of each file."""
    _write(sheet, "sources", FILES, _files(origins), chart.provenance, style, words)


def write_coverage(sheet: Worksheet, charts: Sequence[Chart], style: Styles, words: Words) -> None:
    """Write of each indicator and period how many areas reported, and what is missing where."""
    rows = _coverage(charts, words)
    _write(sheet, "coverage", COVERAGE, rows, charts[0].provenance, style, words)


def _write(
    sheet: Worksheet, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]],
    origin: Provenance, style: Styles, words: Words,
) -> None:  # fmt: skip
    """Write a title, what data these are, and a list."""
    for n, width in enumerate(WIDTHS):
        sheet.set_column(n, n, width)
    title = words(f"book.{name}")
    merged(sheet, (0, 0, 0, len(WIDTHS) - 1), title, style("title"))
    sheet.set_row(0, height(title, sum(WIDTHS), TITLE))
    said = [(words("book.dataset", dataset=origin.dataset), "left"), (origin.footer, "left")]
    for row, (text, look) in enumerate([*said, (origin.badge, "badge")], start=1):
        sheet.write_string(row, 0, text, style(look))
    for n, column in enumerate(columns):
        sheet.write_string(HEADING, n, words(f"book.{column}"), style("head"))
    for row, texts in enumerate(rows, start=HEADING + 1):
        for n, text in enumerate(texts):
            sheet.write_string(row, n, text, style("text"))
        sheet.set_row(row, max(height(t, w) for t, w in zip(texts, WIDTHS, strict=True)))
    paper(sheet, title, (HEADING, HEADING + 1), Place(HEADING + 1, 0, WIDTHS), words)


def _coverage(charts: Sequence[Chart], words: Words) -> Iterable[tuple[str, ...]]:
    """Return a row an indicator and period of which something is missing, or known how much."""
    lacking: dict[tuple[str, str], dict[str, None]] = {}
    covered: dict[tuple[str, str], str] = {}
    for p in (p for chart in charts for p in chart.points):
        of = lacking.setdefault((p.indicator, p.period), {})
        if p.value is None and p.text != words("pivot.nothing"):
            of[words("book.lacks", area=p.area, text=p.text)] = None
        covered[p.indicator, p.period] = p.coverage or covered.get((p.indicator, p.period), "")
    for key, of in lacking.items():
        if of or covered[key]:
            yield *key, words("join.clauses").join(of), covered[key]


def _files(origins: Iterable[Origin]) -> Iterable[tuple[str, ...]]:
    """Return a row for what a file's sheet reported on one day, with all its cells."""
    ordered = sorted(origins, key=lambda o: (o.source_file, o.sheet, o.reported_on))
    for where, several in groupby(ordered, lambda o: (o.source_file, o.sheet, o.reported_on)):
        file, sheet, day = where
        yield file, sheet, ranges({o.cell for o in several}), day
