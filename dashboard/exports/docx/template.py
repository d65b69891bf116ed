"""Templates of bulletins: ours, or an office's own document with words in braces to fill in.

{正文} stands where the parts are to stand, {附件} where annexes are; {名称}, {期号}, {机关},
{数据日期} and {标题} are written over, wherever they are. What it calls 标题 1 or 题注 looks as it
has it there.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from dashboard.exports.docx.look import add_faces, add_looks, in_chinese, only_looks
from dashboard.exports.docx.page import add_badges, set_pages
from dashboard.exports.docx.text import clean
from dashboard.exports.pptx.template import BROKEN, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dashboard.decks import Deck
    from dashboard.locale import Words

BODY, ANNEXES = "正文", "附件"
PLACE = re.compile(r"\{(\w+)\}")
OLD = ("stylesWithEffects", "thumbnail")  # of Word 2010: styles once more, a picture of page one
UNUSED = ("customXml", "extended-properties")  # python-docx's own template says: made on a Mac


def ours(deck: Deck) -> Any:
    """Return an empty document with our styles and pages."""
    document = Document()
    _drop(document, OLD + UNUSED)
    only_looks(document)
    in_chinese(document)
    set_pages(document)
    _about(document, deck)
    return document


def office(path: Path, deck: Deck, said: Mapping[str, str], words: Words) -> Any:
    """Open an office's own template, with its words in braces filled in from ``said``."""
    try:
        document = Document(io.BytesIO(path.read_bytes()))
    except (PackageNotFoundError, *BROKEN) as error:
        raise TemplateError(words("bulletin.template.unreadable", file=path.name)) from error
    if place(document, BODY) is None:
        have = words.listed(sorted(_places(document))) or "—"
        sentence = words("bulletin.template.lacks", file=path.name, place=f"{{{BODY}}}", have=have)
        raise TemplateError(sentence)
    for part in _parts(document):
        for paragraph in part.iter(qn("w:p")):
            _fill(Paragraph(paragraph, document), said)
    _drop(document, OLD)
    add_looks(document)
    _about(document, deck)
    return document


def _drop(document: Any, kinds: tuple[str, ...]) -> None:
    """Leave out parts of some kinds, which would say what is no more so."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [k for k, of in relations.items() if of.reltype.endswith(kinds)]:
            del relations[key]


def place(document: Any, name: str) -> Any:
    """Return the paragraph of the body that holds nothing but a place, None where there is none."""
    wanted = f"{{{name}}}"
    return next((p._p for p in document.paragraphs if p.text.strip() == wanted), None)


def _about(document: Any, deck: Deck) -> None:
    """Say what the document is, and that it was made on the day of its data: no clock is asked."""
    add_faces(document)
    add_badges(document, deck.provenance.badge)
    about = document.core_properties
    about.title, about.comments = clean(deck.title)[:255], clean(deck.provenance.footer)[:255]
    about.author = about.last_modified_by = ""
    about.created = about.modified = dt.datetime.fromisoformat(deck.provenance.as_of)


def _parts(document: Any) -> Iterator[Any]:
    """Yield the body, and every header and footer that a section has of its own."""
    yield document.element.body
    for section in document.sections:
        for margin in (section.header, section.footer, section.first_page_header,
                       section.first_page_footer, section.even_page_header,
                       section.even_page_footer):  # fmt: skip
            if not margin.is_linked_to_previous:
                yield margin._element


def _places(document: Any) -> set[str]:
    texts = ("".join(part.itertext()) for part in _parts(document))
    return {f"{{{name}}}" for text in texts for name in PLACE.findall(text)}


def _fill(paragraph: Paragraph, said: Mapping[str, str]) -> None:
    """Write over the places of a paragraph, in the type of the first of its runs.

    Word cuts a text into runs as it likes: {标 | 题} is one place.
    """
    known = [name for name in PLACE.findall(paragraph.text) if name in said]
    if not known:
        return
    first, *others = paragraph.runs
    first.text = PLACE.sub(lambda m: clean(said.get(m[1], m[0])), paragraph.text)
    for run in others:
        run._r.getparent().remove(run._r)
