"""Writes a list as a sheet, row by row, so that a hundred thousand rows take little memory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dashboard.exports.svg.words import width_of
from dashboard.exports.xlsx.book import opened
from dashboard.exports.xlsx.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Provenance
    from dashboard.locale import Words

Field = str | float | None
LONGEST = 32_767  # characters that a cell holds
NARROWEST, WIDEST = 10, 40  # characters of a column
LOOKED_AT = 200  # rows by which widths are chosen
HEADING = 1


def rows_to_xlsx(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Field]],
    origin: Provenance,
    words: Words,
) -> bytes:
    """Write a table of texts and numbers below a line that says what it is and of which vintage."""
    out = io.BytesIO()
    book = opened(out, origin, constant_memory=True, in_memory=False)
    style = Styles(book, words.language)
    sheet = book.add_worksheet(words("book.list"))
    ahead = iter(rows)
    first = [row for _, row in zip(range(LOOKED_AT), ahead, strict=False)]
    for n, head in enumerate(header):
        said = (width_of(f"{row[n]}", 2) for row in first)
        width = max((width_of(head, 2), *said), default=0)
        sheet.set_column(n, n, min(max(width + 2, NARROWEST), WIDEST))
    told = words("join.facts").join(filter(None, (title, origin.badge, origin.footer)))
    sheet.write_string(0, 0, told, style("badge" if origin.badge else "left"))
    for n, head in enumerate(header):
        sheet.write_string(HEADING, n, head, style("head"))
    sheet.freeze_panes(HEADING + 1, 0)
    written = HEADING
    for several in (first, ahead):
        for row in several:
            written += 1
            for n, field in enumerate(row):
                if isinstance(field, str):
                    sheet.write_string(written, n, field[:LONGEST])
                elif field is not None:
                    sheet.write_number(written, n, field)
    sheet.autofilter(HEADING, 0, written, max(len(header) - 1, 0))
    book.close()
    return out.getvalue()
