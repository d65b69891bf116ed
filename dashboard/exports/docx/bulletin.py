"""A deck as a bulletin: the office's heading, the parts with their charts, the annexes."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from docx import Document

from dashboard.exports.docx.figure import Figures
from dashboard.exports.docx.heading import add_heading
from dashboard.exports.docx.look import add_faces, only_looks
from dashboard.exports.docx.page import set_pages, turn
from dashboard.exports.pptx.package import zipped
from dashboard.locale import words
from dashboard.locale.sentences_bulletin import numbered

if TYPE_CHECKING:
    from dashboard.decks import Deck, Slide
    from dashboard.exports.release import ReleasedDeck

ANNEX = "annex"  # parts whose keys begin so stand at the end, on pages of their own
UNUSED = ("stylesWithEffects", "customXml", "thumbnail")  # of python-docx's own template


def write_bulletin(deck: ReleasedDeck) -> bytes:
    """Write the document of a deck."""
    say = words(deck.choice.lang)
    document = _new(deck)
    parts = [slide for slide in deck.slides if slide.layout != "cover"]
    figures = Figures(document, say)
    add_heading(document, deck, say)
    body = [slide for slide in parts if not slide.key.startswith(ANNEX)]
    for n, slide in enumerate(body, start=1):
        _part(document, slide, numbered(n, slide.name, say), figures)
    annexes = [slide for slide in parts if slide.key.startswith(ANNEX)]
    if annexes:
        turn(document)
    for n, slide in enumerate(annexes, start=1):
        name = say("bulletin.annex", n=n if len(annexes) > 1 else "", name=slide.name)
        _part(document, slide, name.strip(), figures)
    return _packed(document)


def _packed(document: Any) -> bytes:
    """Return the file; python-docx's own saving writes the time into each entry of the zip."""
    out = io.BytesIO()
    document.save(out)
    with ZipFile(out) as parts:
        return zipped((name, parts.read(name)) for name in parts.namelist())


def _new(deck: Deck) -> Any:
    """Return an empty document with our styles and pages."""
    document = Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [k for k, of in relations.items() if of.reltype.endswith(UNUSED)]:
            del relations[key]
    only_looks(document)
    add_faces(document)
    set_pages(document, deck.provenance.badge)
    about = document.core_properties
    about.title, about.author, about.comments = deck.title, "", deck.provenance.footer
    about.created = about.modified = dt.datetime.fromisoformat(deck.provenance.as_of)
    about.last_modified_by = ""
    return document


def _part(document: Any, slide: Slide, heading: str, figures: Figures) -> None:
    """Write one part: its name, what it finds, its sentences, its charts and tables."""
    document.add_paragraph(heading, "Heading 1")
    said = {slide.name, *(chart.title for chart in slide.charts)}  # by heading and captions
    if slide.title and slide.title not in said:
        document.add_paragraph(slide.title, "Heading 2")
    for line in slide.lines:
        document.add_paragraph(line, "Body Text")
    for n, chart in enumerate(slide.charts, start=1):
        figures.add(chart, f"{slide.key}/chart-{n}")
