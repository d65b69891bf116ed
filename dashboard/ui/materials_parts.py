"""How the slides or parts of a document look on its page, before the file is made."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from dashboard.exports.preview import pictures
from dashboard.exports.svg import Size, drawn
from dashboard.exports.svg.paper import PRINTED

if TYPE_CHECKING:
    from dashboard.decks import Slide
    from dashboard.exports import ReleasedDeck
    from dashboard.ui.materials_template import Form

IN_TEXT = Size(760, 380, 13, 16, PRINTED)


def looks(deck: ReleasedDeck, form: Form) -> list[str]:
    """Return each slide of a released document as HTML: its pictures, or a bulletin's text."""
    if form.document == "bulletin":
        return [_part(slide) for slide in deck.slides]
    return [
        "".join(_image(page, _alt(slide)) for page in pages)
        for slide, pages in zip(deck.slides, pictures(deck, form.template()), strict=True)
    ]


def _part(slide: Slide) -> str:
    """Return a part of a bulletin: its name, what it finds, its sentences and charts."""
    said = [line for line in (slide.title, *slide.lines) if line != slide.name]
    text = "".join(f"<p>{escape(line)}</p>" for line in said)
    charts = "".join(_image(drawn(chart, IN_TEXT), chart.alt) for chart in slide.charts)
    return f'<div class="part"><p class="name">{escape(slide.name)}</p>{text}{charts}</div>'


def _image(picture: str, alt: str) -> str:
    data = b64encode(picture.encode()).decode()
    return f'<img class="slide" alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'


def _alt(slide: Slide) -> str:
    return "；".join((slide.title, *slide.lines, *(chart.alt for chart in slide.charts)))
