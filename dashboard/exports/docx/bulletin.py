"""A deck as a bulletin: the office's heading, the parts with their charts, the annexes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from dashboard.exports.docx import template
from dashboard.exports.docx.figure import Figures
from dashboard.exports.docx.heading import add_heading, heading_of
from dashboard.exports.docx.page import turn
from dashboard.exports.docx.text import add_text
from dashboard.exports.pptx.package import zipped
from dashboard.locale import words
from dashboard.locale.sentences_bulletin import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.decks import Slide
    from dashboard.exports.release import ReleasedDeck
    from dashboard.locale import Words

ANNEX = "annex"  # parts whose keys begin so stand at the end, on pages of their own


def write_bulletin(deck: ReleasedDeck, office: Path | None = None) -> bytes:
    """Write the document of a deck, into the office's own template where it has one."""
    say = words(deck.choice.lang)
    heading = heading_of(deck, say)
    if office:
        document = template.office(office, deck, heading, say)
    else:
        document = template.ours(deck)
        add_heading(document, heading)
    figures = Figures(document, say)
    parts = [slide for slide in deck.slides if slide.layout != "cover"]
    body = [slide for slide in parts if not slide.key.startswith(ANNEX)]
    annexes = [slide for slide in parts if slide.key.startswith(ANNEX)]
    _body(document, body, figures, say)
    _annexes(document, annexes, figures, say)
    return _packed(document)


def _body(document: Any, slides: Sequence[Slide], figures: Figures, words: Words) -> None:
    before = len(document.element.body)
    for n, slide in enumerate(slides, start=1):
        _part(document, slide, numbered(n, slide.name, words), figures)
    _move(document, before, template.place(document, template.BODY))


def _annexes(document: Any, slides: Sequence[Slide], figures: Figures, words: Words) -> None:
    """Write the annexes where a template has a place for them, else on pages that are turned."""
    place, before = template.place(document, template.ANNEXES), len(document.element.body)
    if slides and place is None:
        turn(document)
    for n, slide in enumerate(slides, start=1):
        name = words("bulletin.annex", n=n if len(slides) > 1 else "", name=slide.name)
        _part(document, slide, name.strip(), figures)
    _move(document, before, place)


def _part(document: Any, slide: Slide, heading: str, figures: Figures) -> None:
    """Write one part: its name, what it finds, its sentences, its charts and tables."""
    add_text(document, heading, "Heading 1")
    said = {slide.name, *(chart.title for chart in slide.charts)}  # by heading and captions
    if slide.title and slide.title not in said:
        add_text(document, slide.title, "Heading 2")
    for line in slide.lines or _withheld(slide, figures.words):
        add_text(document, line, "Body Text")
    for n, chart in enumerate(slide.charts, start=1):
        figures.add(chart, f"{slide.key}/chart-{n}")


def _withheld(slide: Slide, words: Words) -> tuple[str, ...]:
    """Say why there is nothing below a name: a part that had nothing to say would not be here."""
    empty = slide.layout == "content" and not slide.charts
    return (words("withheld.note") + words("join.end"),) if empty else ()


def _move(document: Any, before: int, place: Any) -> None:
    """Move what was written at the end to a place of the template, which goes."""
    if place is None:
        return
    body = document.element.body
    for element in list(body)[before - 1 : -1]:  # the last is the set-up of the pages
        place.addprevious(element)
    body.remove(place)


def _packed(document: Any) -> bytes:
    """Return the file; python-docx's own saving writes the time into each entry of the zip."""
    out = io.BytesIO()
    document.save(out)
    with ZipFile(out) as parts:
        return zipped((name, parts.read(name)) for name in parts.namelist())
