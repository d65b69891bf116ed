"""Puts sheets together to a workbook that is the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from dashboard.exports.xlsx.sheet import write_sheet
from dashboard.exports.xlsx.sources import write_coverage, write_sources
from dashboard.exports.xlsx.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Provenance
    from dashboard.exports.release import Released
    from dashboard.locale import Words
    from dashboard.queries.lineage import Origin

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet
LONGEST_NAME = 31
# Texts that a cell would otherwise make into something: nothing from outside is run or linked.
PLAIN: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(chart: Released, origins: Sequence[Origin], words: Words) -> bytes:
    """Write one chart as a workbook; its title is the sheet's."""
    return write_book([(chart.title, chart)], origins, words)


def write_book(
    charts: Sequence[tuple[str, Released]], origins: Sequence[Origin], words: Words
) -> bytes:
    """Write a sheet for each titled chart, and two more of their sources and coverage."""
    out = io.BytesIO()
    book = opened(out, charts[0][1].provenance)
    style = Styles(book, words.language)
    last = [words("book.sources"), words("book.coverage")]
    names = _names([title for title, _ in charts], last)
    for (title, chart), name in zip(charts, names, strict=True):
        write_sheet(book.add_worksheet(name), chart, title, style, words)
    sources, coverage = map(book.add_worksheet, last)
    write_sources(sources, charts[0][1], origins, style, words)
    write_coverage(coverage, [chart for _, chart in charts], style, words)
    book.close()
    return out.getvalue()


def opened(out: io.BytesIO, origin: Provenance, **options: object) -> Workbook:
    """Return a workbook whose date is that of its data: the clock would make it another file."""
    book = Workbook(out, {**PLAIN, **options})
    book.set_properties(
        {"created": dt.datetime.fromisoformat(origin.as_of), "comments": origin.footer}
    )
    return book


def _names(titles: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return names that Excel takes for sheets, each its own."""
    used = {name.casefold() for name in others}
    names = []
    for title in titles:
        plain = FORBIDDEN.sub(" ", title).strip()[:LONGEST_NAME] or "1"
        name, n = plain, 1
        while name.casefold() in used:
            n += 1
            name = f"{plain[: LONGEST_NAME - len(f' {n}')]} {n}"
        used.add(name.casefold())
        names.append(name)
    return names
