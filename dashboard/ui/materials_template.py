"""Whose template a document is written into: ours, or the office's own in data/local.

``template.pptx`` and ``template.docx`` there are found by their names; one that cannot be used is
named with what it lacks, and ours stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import exports
from dashboard.exports.docx import template as bulletins
from dashboard.exports.pptx.template import ours
from dashboard.locale import words
from dashboard.ui import changing
from dashboard.ui.pickers import pick_switch

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.exports import ReleasedDeck
    from dashboard.exports.pptx import Template
    from dashboard.ui.view import View

OWN, PLAIN, SIZES = "own", "plain", ("16x9", "4x3")


class Form(NamedTuple):
    """How a document is written: as slides or a bulletin, in which size or template."""

    document: str
    size: str
    own: Path | None = None

    @property
    def suffix(self) -> str:
        """Return the kind of file: pptx."""
        return "docx" if self.document == "bulletin" else "pptx"

    def write(self, deck: ReleasedDeck) -> bytes:
        """Write a document."""
        if self.document == "bulletin":
            return exports.write_bulletin(deck, self.own)
        return exports.write_deck(deck, self.template())

    def template(self) -> Template:
        """Open the template of slides."""
        return exports.office(self.own, words("zh")) if self.own else ours(self.size)


def pick_form(view: View, document: str) -> Form:
    """Pick the size of slides; where the office has a template of its own, that or ours."""
    form = Form(document, SIZES[0] if document == "slides" else PLAIN)
    path = changing.place().data / "local" / f"template.{form.suffix}"
    usual = SIZES if document == "slides" else (PLAIN,)
    options = (OWN, *usual) if path.is_file() else usual
    size = pick_switch(view, "size", options) if len(options) > 1 else options[0]
    if size != OWN:
        return form._replace(size=size)
    return form._replace(own=path)


def usable(view: View, form: Form, deck: ReleasedDeck) -> Form:
    """Return the form, without an office's template that cannot be used; say what it lacks."""
    try:
        if form.own and form.document == "bulletin":
            bulletins.office(form.own, deck, {}, view.words)
        elif form.own:
            exports.office(form.own, view.words)
    except exports.TemplateError as wrong:
        st.error(str(wrong))
        return form._replace(own=None)
    return form
