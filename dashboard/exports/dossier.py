"""One area's file (一县一档) as HTML: the blocks that the page and the card both show."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.charts import in_cell
from dashboard.exports.svg import CARD, drawn
from dashboard.exports.svg.paper import PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.charts import Dossier, Point
    from dashboard.charts.county import Line
    from dashboard.locale import Words

STYLE = Path(__file__).with_name("dossier.css")
GAPS = ("state", "area", "indicator", "periods")
SHORT = 12  # a text up to here stays on one line
FILES = ("file", "figures", "day")


def facts(dossier: Dossier) -> str:
    """Return what the area is and what came from it, a line a fact."""
    lines = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in dossier.facts
    )
    return f'<dl class="facts">{lines}</dl>'


def years(dossier: Dossier, words: Words) -> str:
    """Return the table of years, an aspect a group; on a phone each cell says its column."""
    heads = (
        *dossier.heads.years, dossier.heads.current, dossier.heads.total, dossier.heads.target,
        dossier.heads.rank,
    )  # fmt: skip
    shown = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads if head)
    groups = "".join(
        f'<tbody><tr class="aspect"><th scope="rowgroup" colspan="{1 + sum(map(bool, heads))}">'
        f"{escape(name)}</th></tr>{''.join(_line(line, heads, words) for line in lines)}</tbody>"
        for name, lines in dossier.groups
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in dossier.notes)
    return (
        f'<table class="years"><caption>{escape(words("county.table"))}</caption><thead><tr>'
        f'<th scope="col">{escape(words("county.indicator"))}</th>{shown}</tr></thead>{groups}'
        f'</table><div class="notes">{notes}</div>'
    )


def printed(dossier: Dossier, words: Words) -> str:
    """Return the charts as pictures that only paper shows: two beside each other, three rows."""
    size = CARD._replace(ink=PRINTED)
    pictures = "".join(
        f'<img alt="{escape(c.alt)}" src="data:image/svg+xml;base64,'
        f'{b64encode(drawn(c, size).encode()).decode()}">'
        for c in dossier.charts
    )
    heading = f"<h3>{escape(words('county.courses'))}</h3>"
    return f'<section class="printed">{heading}<div>{pictures}</div></section>'


def gaps(dossier: Dossier, words: Words) -> str:
    """Return what is missing or gives no value; a sentence where nothing is."""
    if not dossier.gaps:
        return f"<p>{escape(words('county.no_gaps'))}</p>"
    several = len({gap.area for gap in dossier.gaps}) > 1
    columns = [n for n, column in enumerate(GAPS) if several or column != "area"]
    heads = [words(f"county.columns.{GAPS[n]}") for n in columns]
    return listed(heads, ([gap[n] for n in columns] for gap in dossier.gaps))


def files(dossier: Dossier, words: Words) -> str:
    """Return the files from which the figures come."""
    return listed([words(f"county.columns.{c}") for c in FILES], dossier.files)


def running(dossier: Dossier, words: Words) -> str:
    """Return the style of printed pages: A4, area and vintage in their margins, page numbers."""
    origin = dossier.provenance
    above = words("county.running", area=dossier.title, badge=origin.badge)
    return (
        "@page { size: A4; margin: 16mm 12mm; "
        f"@top-left {{ content: {_quoted(above)} !important; font-size: 8pt; color: #5b626c; }} "
        f"@bottom-left {{ content: {_quoted(origin.footer)}; font-size: 8pt; color: #5b626c; }} "
        '@bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }'
    )


def _quoted(text: str) -> str:
    """Return a text as CSS has it; what could end the string or the style becomes a number."""
    safe = "".join(c if c.isalnum() or c in " -—　：:.·" else f"\\{ord(c):x} " for c in text)
    return f'"{safe.strip()}"'


def listed(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a plain table of texts."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in header)
    lines = "".join("<tr>" + "".join(map(_listed_cell, row)) + "</tr>" for row in rows)
    return f'<table class="listed"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def _listed_cell(text: str) -> str:
    short = ' class="short"' if len(text) <= SHORT else ""
    return f"<td{short}>{escape(text)}</td>"


def _line(line: Line, heads: Sequence[str], words: Words) -> str:
    name = words("county.unit_of", indicator=line.name, unit=line.unit)
    points: list[Point | None] = [*line.years, line.current, line.total, line.target]
    cells = "".join(
        _cell(in_cell(point) if point else "", head, point)
        for point, head in zip(points, heads, strict=False)
        if head
    )
    rank = _cell(line.rank, heads[-1], None) if heads[-1] else ""
    return f'<tr><th scope="row">{escape(name)}</th>{cells}{rank}</tr>'


def _cell(text: str, head: str, point: Point | None) -> str:
    """Return a cell; what it says in full stands in its title, for 缺年 and 约8.8."""
    gap = ' class="gap"' if point and point.value is None else ""
    full = f' title="{escape(point.text)}"' if point and point.text != text else ""
    return f'<td data-head="{escape(head)}"{gap}{full}>{escape(text)}</td>'
