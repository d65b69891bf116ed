"""Native tables in a document: heads repeat on each page, columns are as wide as they need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dashboard.charts.chart import SEQUENCE
from dashboard.exports.docx.grid import grid
from dashboard.exports.docx.text import clean
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Chart
    from dashboard.exports.docx.grid import Cell, Row
    from dashboard.locale import Words

TWIPS, EMU = 20, 12700  # of a point
SIZES = (10.5, 9.0, 8.0)  # points: the first at which a table is as wide as the page or less
TOGETHER = 20  # rows: a table of no more is not divided between pages
HIGH = 340  # twips of a row at least
WIDEST = 0.4  # of the page that a column may take: a word without a break is broken
PADDING = 9.0  # points of both sides of a cell
NAME, HEAD = 8.5, 3.2  # em: a name in the first column, a head, break into lines beyond this
DARK = 3  # steps of a shade from here on want white letters
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
PROPERTIES = (
    '<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    "<w:tblBorders>{borders}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
    '<w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    "<w:tblCaption w:val={name}/><w:tblDescription w:val={alt}/></w:tblPr>"
)


@dataclass(frozen=True, slots=True)
class Form:
    """What the cells of a table share: widths in twips, styles, a size, staying together."""

    widths: Sequence[int]
    head: str
    text: str
    smaller: str
    kept: str


def tables(document: Any, chart: Chart, name: str, width: int, words: Words) -> list[Any]:
    """Return a chart as a table; what is wider than the page goes on in further ones."""
    head, rows = grid(chart, words)
    room = width / EMU
    size, wide = _fitting(head, rows, room)
    return [
        _table(
            document,
            [tuple(row[at] for at in columns) for row in (head, *rows)],
            _spread([wide[at] for at in columns], room),
            name if n == 1 else f"{name}-{n}",
            chart.alt,
            size,
        )
        for n, columns in enumerate(_parts(wide, room), start=1)
    ]


def _fitting(head: Row, rows: Sequence[Row], room: float) -> tuple[float, list[float]]:
    """Return the first size in which a table has room, names in one line rather than in several."""
    for size in SIZES:
        for longest in (room, NAME * size):
            wide = _widths(head, rows, size, longest)
            if sum(wide) <= room:
                return size, wide
    wide = _widths(head, rows, SIZES[0], NAME * SIZES[0])
    return SIZES[0], [min(width, room * WIDEST) for width in wide]


def _widths(head: Row, rows: Sequence[Row], size: float, longest: float) -> list[float]:
    """Return how many points each column wants; words break where they are longer, figures not."""
    wanted = []
    for at, title in enumerate(head):
        cells = [(width_of(row[at].text, size), row[at].figure) for row in rows]
        widest = max((wide if figure else min(wide, longest) for wide, figure in cells), default=0)
        word = max((width_of(w, size) for w in re.findall(r"[!-~]+", title.text)), default=0.0)
        least = max(min(width_of(title.text, size), longest * HEAD / NAME), word)
        wanted.append(max(widest, least) + PADDING)
    return wanted


def _parts(widths: Sequence[float], room: float) -> list[list[int]]:
    """Return the columns of each table: all, or beside the first about as many in each."""
    if sum(widths) <= room or len(widths) < 3:
        return [list(range(len(widths)))]
    n = ceil(sum(widths[1:]) / (room - widths[0]))
    share = sum(widths[1:]) / n
    parts: list[list[int]] = [[0]]
    used = 0.0
    for at, width in enumerate(widths[1:], start=1):
        full = widths[0] + used + width > room or used + width / 2 > share
        if full and len(parts[-1]) > 1:
            parts.append([0])
            used = 0.0
        parts[-1].append(at)
        used += width
    return parts


def _spread(widths: Sequence[float], room: float) -> list[float]:
    """Return the widths with what is left over shared out among them."""
    more = (room - sum(widths)) / len(widths)
    return [width + more for width in widths]


def _table(
    document: Any, rows: Sequence[Row], widths: Sequence[float], name: str, alt: str, size: float
) -> Any:
    form = Form(
        [round(width * TWIPS) for width in widths],
        document.styles["表头"].style_id,
        document.styles["表格"].style_id,
        f'<w:sz w:val="{round(2 * size)}"/>' if size < SIZES[0] else "",
        "<w:keepNext/>" if len(rows) <= TOGETHER else "",
    )
    properties = PROPERTIES.format(
        width=sum(form.widths), borders=BORDERS, name=quoteattr(name), alt=quoteattr(clean(alt))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in form.widths)
    lines = "".join(_row(row, form, head=n == 0) for n, row in enumerate(rows))
    return parse_xml(
        f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"
    )


def _row(row: Row, form: Form, *, head: bool) -> str:
    """Return a row, which stays on one page; the head is repeated on each."""
    style = form.head if head else form.text
    cells = "".join(
        _cell(cell, width, style, form) for cell, width in zip(row, form.widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    properties = f'<w:cantSplit/><w:trHeight w:val="{HIGH}"/>{repeated}'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, width: int, style: str, form: Form) -> str:
    shading, ink = "", ""
    if cell.step is not None:
        fill = SEQUENCE[cell.step].lstrip("#")
        shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
        ink = '<w:color w:val="FFFFFF"/>' if cell.step >= DARK else ""
    align = '<w:jc w:val="right"/>' if cell.figure else ""
    text = escape(clean(cell.text))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shading}<w:vAlign w:val="center"/>'
        f'</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{form.kept}{align}</w:pPr>'
        f'<w:r><w:rPr>{ink}{form.smaller}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        "</w:p></w:tc>"
    )
