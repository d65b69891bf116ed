"""Slides on which a table goes on that grew longer: they come behind those on which it began."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pptx.oxml.ns import qn

from dashboard.exports.pptx.notes import add_notes

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.exports.pptx.refresh.report import Line

CHANGED = ("edited", "missing", "unknown")


def base_of(key: str) -> str:
    """Return the slide on which a table began: annex of annex~2."""
    return key.partition("~")[0]


def goes_on(key: str, present: Collection[str], lines: Collection[Line]) -> bool:
    """Whether a new slide belongs to a table of the file, of which people changed no part."""
    base = base_of(key)
    changed = {base_of(line.slot.partition("/")[0]) for line in lines if line.what in CHANGED}
    return key != base and base in {base_of(one) for one in present} and base not in changed


def add_behind(old: Any, place: int, fresh: Any) -> None:
    """Copy a slide without charts behind the ``place``-th of a deck, counted from 1."""
    made = old.slides.add_slide(old.slides[place - 1].slide_layout)
    tree = made.shapes._spTree
    for shape in list(made.shapes):
        tree.remove(shape._element)
    tree.extend([deepcopy(shape._element) for shape in fresh.shapes])
    if fresh.has_notes_slide:
        _copy_notes(made, fresh.notes_slide.notes_placeholder)
    order = old.slides._sldIdLst
    order.insert(place, order[-1])


def _copy_notes(made: Any, notes: Any) -> None:
    add_notes(made, notes.name, [""])
    body = made.notes_slide.notes_placeholder._element.txBody
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    body.extend([deepcopy(p) for p in notes._element.txBody.findall(qn("a:p"))])
