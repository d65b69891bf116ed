"""Slides put into a deck that people have edited, and taken out of it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from dashboard.exports.pptx.meaning import digest
from dashboard.exports.pptx.notes import add_notes
from dashboard.exports.pptx.slots import shapes_of, slots_of

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS = {RELATIONSHIP_TYPE.SLIDE_LAYOUT, RELATIONSHIP_TYPE.NOTES_SLIDE}
# Where PowerPoint keeps the sections into which people divide a deck.
IN_SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"


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
    for entry in _in_sections(old.part, order[place - 1]):
        twin = deepcopy(entry)
        twin.set("id", order[place].get("id"))
        entry.addnext(twin)


def take_out(old: Any, place: int) -> None:
    """Take the ``place``-th slide out of a deck, counted from 1."""
    listed = old.slides._sldIdLst[place - 1]
    for entry in (*_in_sections(old.part, listed), listed):
        entry.getparent().remove(entry)
    old.part.rels.pop(listed.get(qn("r:id")))


def is_untouched(slide: Any, digests: Mapping[str, str]) -> bool:
    """Whether a slide holds what was written on it, by name of its slots, and nothing beside."""
    found = slots_of(slide)
    own = [slot.shape._element for slot in found]
    added = [s for s in shapes_of(slide) if s._element not in own and not _is_number(s)]
    linked = {rel.reltype for rel in slide.part.rels.values()} - OURS
    said = {slot.name: digest(slot.shape) for slot in found}
    return said == digests and not added and not linked and not _is_led_to(slide)


def _is_number(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape._element.ph.get("type") == "sldNum")


def _is_led_to(slide: Any) -> bool:
    """Whether a link of another slide, or a show of a choice of slides, leads to a slide."""
    whole, notes = slide.part.package.presentation_part, slide.has_notes_slide
    own = (whole, slide.notes_slide.part) if notes else (whole,)
    for part in slide.part.package.iter_parts():
        ids = [rid for rid, rel in part.rels.items()
               if not rel.is_external and rel.target_part is slide.part]  # fmt: skip
        if ids and part not in own:
            return True
        if part is whole and sum(e.get(qn("r:id")) in ids for e in whole._element.iter()) > 1:
            return True
    return False


def _in_sections(part: Any, listed: Any) -> list[Any]:
    """Return the entries of a listed slide in the sections of a deck."""
    return [e for e in part._element.iter(IN_SECTION) if e.get("id") == listed.get("id")]


def _copy_notes(made: Any, notes: Any) -> None:
    add_notes(made, notes.name, [""])
    body = made.notes_slide.notes_placeholder._element.txBody
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    body.extend([deepcopy(p) for p in notes._element.txBody.findall(qn("a:p"))])
