"""One area's file (一县一档) on A4 for LibreOffice to print: the card's blocks in plainer HTML.

LibreOffice knows tables by their attributes and pictures as PNG, and little of style sheets.
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from dashboard.exports import dossier as blocks
from dashboard.exports.card import issues
from dashboard.exports.picture import has_typeface, to_png
from dashboard.exports.svg import CARD
from dashboard.exports.svg.paper import PRINTED

if TYPE_CHECKING:
    from dashboard.exports.card import ReleasedDossier
    from dashboard.locale import Words

STYLE = (
    "@page { size: 21cm 29.7cm; margin: 1.6cm 1.4cm } "
    "body, td, th, p, li { font-size: 8.5pt; "
    "font-family: 微软雅黑, 'Noto Sans CJK SC', sans-serif } "
    "h1 { font-size: 17pt } h2 { font-size: 12pt; color: #B5342B; page-break-after: avoid } "
    "p, li { margin: 0.1cm 0 } td p { margin: 0 }"
)
TABLE = '<table width="100%" border="1" cellspacing="0" cellpadding="2" bordercolor="#C9CDD2">'
# What LibreOffice writes itself for a page's number, and reads again.
FOOTER = (
    '<div title="footer"><p align="center">— <sdfield type=page subtype=random format=page>1'
    "</sdfield> —</p></div>"
)
SMALL = CARD._replace(ink=PRINTED)  # two beside each other
FINE = 3  # dots of paper a pixel
CAPTION = re.compile(r"<caption>.*?</caption>")


def to_paper(dossier: ReleasedDossier, words: Words) -> bytes:
    """Write the whole file as HTML that LibreOffice turns into pages."""
    origin = dossier.provenance
    title = words("county.heading", area=dossier.title)
    facts = "".join(
        f'<tr><td width="25%">{escape(name)}</td><td>{escape(text)}</td></tr>'
        for name, text in dossier.facts
    )
    parts = (
        f"<h1>{escape(title)}</h1>",
        f'<p><font color="#B5342B"><b>{escape(origin.badge)}</b></font></p>'
        if origin.badge
        else "",
        f"{TABLE}{facts}</table>",
        _block(words("county.table"), _table(blocks.years(dossier, words))),
        _block(words("county.courses"), _courses(dossier)) if dossier.charts else "",
        _block(words("county.gaps"), _table(blocks.gaps(dossier, words))),
        _block(words("county.open_issues"), issues(dossier, words)),
        _block(words("county.files"), _table(blocks.files(dossier, words))),
        f"<p>{escape(origin.source)}<br>{escape(origin.footer)}</p>",
    )
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{FOOTER}{''.join(parts)}</body></html>"
    ).encode()


def _block(heading: str, inside: str) -> str:
    return f"<h2>{escape(heading)}</h2>{inside}"


def _table(html: str) -> str:
    """Return a block with its tables ruled; the heading above says what its caption would."""
    ruled = CAPTION.sub("", re.sub(r"<table[^>]*>", TABLE, html))
    ruled = re.sub(r'<th scope="row(group)?"', r'<th align="left" scope="row\1"', ruled)
    return ruled.replace("<td data-head", '<td nowrap align="right" data-head')


def _courses(dossier: ReleasedDossier) -> str:
    """Return the charts two by two; without a typeface for Chinese there are none to be read."""
    if not has_typeface():
        return ""
    pictures = [
        f'<td valign="top"><img width="330" alt="{escape(chart.alt)}" '
        f'src="data:image/png;base64,{b64encode(to_png(chart, SMALL, FINE)).decode()}"></td>'
        for chart in dossier.charts
    ]
    rows = (pictures[n : n + 2] for n in range(0, len(pictures), 2))
    return f'<table width="100%">{"".join(f"<tr>{chr(10).join(row)}</tr>" for row in rows)}</table>'
