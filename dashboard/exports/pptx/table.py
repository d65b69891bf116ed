"""Native tables on a slide: heat maps shaded by value, pivots, and tiles of main figures."""

from __future__ import annotations

import re
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

from dashboard.charts import in_cell
from dashboard.charts.chart import SEQUENCE
from dashboard.exports.pptx.boxes import EMU, POINTS, WIDER, Box, lines_of
from dashboard.exports.pptx.text import GREY, INK, NAMESPACES, Run, next_id, paragraph
from dashboard.exports.svg.words import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Chart, Point

SIZES = (12, 11, 10, 9, 8)  # points: the first in which the whole table fits
PAPER, RULE, HEAVY = "FFFFFF", "E2E5E9", "8A8F98"
SHARES = (1.0, 1.1, 1.25, 1.5, 9.0)  # of its even share that one of several parts may hold
DARK = 3  # from this shade on, words are written in white
PAD = 0.05  # inches at each side of a cell's text
HEADED = 3  # lines that a column's name may take
LATIN = re.compile(r"[A-Za-z]+")  # words that do not break: Condolence
BOLD = 1.06  # times as wide a word is in bold
TALL = 1.45  # of its size a line of Chinese takes in a cell, which grows with it
TALLEST = 0.42  # inches of a row where there is room
SCRIPTS = re.compile(r"(?<=[^ -~])(?=[!-~])|(?<=[!-~])(?=[^ -~])")  # a gap is set there: （ % ）
FRAME = """<p:graphicFrame {ns}><p:nvGraphicFramePr><p:cNvPr id="{id}" name={name} descr={alt}/>\
<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>\
</p:nvGraphicFramePr><p:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></p:xfrm>\
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">\
<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData>\
</a:graphic></p:graphicFrame>"""


class Cell(NamedTuple):
    """What stands in a cell: its paragraphs, its ground, the colour of the line round it.

    ``thick`` lines in the colour of the paper set tiles apart.
    """

    paragraphs: tuple[str, ...]
    ground: str = PAPER
    rule: str = RULE
    thick: bool = False


class Fit(NamedTuple):
    """How a table stands in its box: type size, widths of columns, heights of head and rows."""

    size: int
    widths: tuple[float, ...]
    head: float
    row: float


def add_table(slide: Any, chart: Chart, box: Box, name: str) -> None:
    """Add a row a series and a column a category; a gap says why it is one and has no shade."""
    fit = fits(chart, box) or squeezed(chart, box)
    known = [p.value for p in chart.points if p.value is not None]
    shaded = chart.kind == "heat_map" and known  # a pivot's indicators have nothing to compare
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    head = [Run(text, fit.size, INK, bold=True) for text in ("", *chart.heads)]
    rows = [[Cell((paragraph([run], "ctr"),), rule=HEAVY) for run in head]]
    for series in chart.series:
        cells = {p.category: p for p in series.points}
        rows.append(
            [Cell((paragraph([Run(series.name, fit.size, INK)], "l"),))]
            + [
                _cell(cells.get(key), fit.size, shade(cells[key].value, low, high)
                      if shaded and key in cells else None)
                for key, _ in chart.categories
            ]
        )  # fmt: skip
    heights = [fit.head, *[fit.row] * len(chart.series)]
    write_table(slide, name, chart.alt, box, fit.widths, heights, rows)


def _cell(point: Point | None, size: int, step: int | None) -> Cell:
    if point is None:
        return Cell((paragraph([Run("", size)], "ctr"),))
    ground = PAPER if step is None else SEQUENCE[step].lstrip("#")
    colour = PAPER if step is not None and step >= DARK else GREY if point.value is None else INK
    return Cell((paragraph([Run(in_cell(point), size, colour)], "ctr"),), ground)


def shade(value: float | None, low: float, high: float) -> int | None:
    """Return which step of the colour scale a value takes; None for a gap."""
    if value is None:
        return None
    spread = (high - low) or 1.0
    return round((value - low) / spread * (len(SEQUENCE) - 1))


def fits(chart: Chart, box: Box) -> Fit | None:
    """Return how a table stands in its box in the largest type that fits; None where none does."""
    for size in SIZES:
        widths = _widths(chart, size)
        if sum(widths) > box.width:
            continue
        more = (box.width - sum(widths)) / len(widths)
        wide = tuple(width + more for width in widths)
        head, row = _heights(chart, size, wide)
        if head + row * len(chart.series) <= box.height:
            room = (box.height - head) / max(len(chart.series), 1)
            return Fit(size, wide, head, min(room, max(row, TALLEST)))
    return None


def squeezed(chart: Chart, box: Box) -> Fit:
    """Return how a table that was divided as far as it goes stands in its box all the same."""
    size = SIZES[-1]
    widths = _widths(chart, size)
    scale = min(1.0, box.width / sum(widths))
    wide = tuple(width * scale for width in widths)
    return Fit(size, wide, *_heights(chart, size, wide))


def _widths(chart: Chart, size: int) -> list[float]:
    """Return how wide columns must be: no figure wraps, a name takes a few lines at most."""
    names = max((width_of(s.name, size) for s in chart.series), default=0.0)
    columns: dict[str, float] = {}
    for (key, _), head in zip(chart.categories, chart.heads, strict=True):
        longest = max((width_of(word, size) for word in head.split()), default=0.0)
        latin = max((width_of(word, size) for word in LATIN.findall(head)), default=0.0)
        even = min(longest, max(width_of(head, size) * 1.15 / HEADED, 3 * size))
        columns[key] = max(latin * BOLD, even)
    for point in chart.points:
        columns[point.category] = max(columns[point.category], width_of(in_cell(point), size))
    return [WIDER * width / POINTS + 2 * PAD + 0.02 for width in (names, *columns.values())]


def _heights(chart: Chart, size: int, widths: Sequence[float]) -> tuple[float, float]:
    """Return how high the head and a row must be, in inches."""
    inside = [(width - 2 * PAD) * POINTS for width in widths]
    high = max(  # ）may not hang over a line's end
        max(lines_of([head], w, size), ceil(WIDER * width_of(SCRIPTS.sub(" ", head), size) / w))
        for head, w in zip(chart.heads, inside[1:], strict=True)
    )
    rows = max((lines_of([s.name], inside[0], size) for s in chart.series), default=1)
    high += high > 1  # no line begins with ）: a name in brackets may take one more
    line = size * TALL / POINTS
    return high * line + 0.05, rows * line + 0.05


def divided(chart: Chart, box: Box) -> list[Chart]:
    """Divide a table that does not fit its box into several that do, each with its head.

    Columns are divided first: then each part shows all counties beneath each other.
    """
    if fits(chart, box):
        return [chart]
    size = SIZES[-1]
    names, *widths = _widths(chart, size)
    least = len(_filled(widths, box.width - names))
    rooms = (names + sum(widths) * share / least for share in SHARES)
    even = (_filled(widths, min(room, box.width) - names) for room in rooms)
    parts = next(parts for parts in even if len(parts) == least)
    return [rows for part in parts for rows in _by_rows(_columns(chart, part), box, size)]


def _filled(widths: Sequence[float], room: float) -> list[list[int]]:
    """Fill one room after another with columns, which stay in their order."""
    parts: list[list[int]] = [[]]
    for n, width in enumerate(widths):
        if parts[-1] and sum(widths[k] for k in parts[-1]) + width > room:
            parts.append([])
        parts[-1].append(n)
    return parts


def _columns(chart: Chart, places: Iterable[int]) -> Chart:
    categories = tuple(chart.categories[n] for n in places)
    keys = {key for key, _ in categories}
    series = tuple(
        replace(s, points=tuple(p for p in s.points if p.category in keys)) for s in chart.series
    )
    return replace(chart, categories=categories, series=series)


def _by_rows(chart: Chart, box: Box, size: int) -> list[Chart]:
    widths = _widths(chart, size)
    head, row = _heights(chart, size, widths)
    most = max(1, int((box.height - head) / row))
    n = len(chart.series)
    each = ceil(n / ceil(n / most)) if n else 1
    return [replace(chart, series=chart.series[k : k + each]) for k in range(0, n, each)]


def write_table(
    slide: Any,
    name: str,
    alt: str,
    box: Box,
    widths: Sequence[float],
    heights: Sequence[float],
    rows: Sequence[Sequence[Cell]],
) -> None:
    """Add a table to a slide, from the upper left of a box."""
    x, y, cx, cy = (round(n * EMU) for n in (box.left, box.top, sum(widths), sum(heights)))
    tree = slide.shapes._spTree
    columns = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in widths)
    written = "".join(
        f'<a:tr h="{round(height * EMU)}">{"".join(map(_cell_xml, row))}</a:tr>'
        for height, row in zip(heights, rows, strict=True)
    )
    frame = FRAME.format(
        ns=NAMESPACES, id=next_id(tree), name=quoteattr(name), alt=quoteattr(alt),
        x=x, y=y, cx=cx, cy=cy, columns=columns, rows=written,
    )  # fmt: skip
    tree.append(parse_xml(frame))


def _cell_xml(cell: Cell) -> str:
    pad = round((3 if cell.thick else 1) * PAD * EMU)
    line = f'<a:solidFill><a:srgbClr val="{cell.rule}"/></a:solidFill>'
    width = 76200 if cell.thick else 6350
    sides = "".join(
        f'<a:{side} w="{width}">{line if cell.thick or side == "lnB" else "<a:noFill/>"}</a:{side}>'
        for side in ("lnL", "lnR", "lnT", "lnB")
    )
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{''.join(cell.paragraphs)}</a:txBody>"
        f'<a:tcPr marL="{pad}" marR="{pad}" marT="18288" marB="18288" anchor="ctr">{sides}'
        f'<a:solidFill><a:srgbClr val="{cell.ground}"/></a:solidFill></a:tcPr></a:tc>'
    )
