"""Draws charts and decks as native, editable PowerPoint, and refreshes decks that people edited."""

from dashboard.exports.pptx.deck import to_pptx, write_deck
from dashboard.exports.pptx.record import Record, Slot, UnrecordedError, record_of
from dashboard.exports.pptx.refresh import Line, Refreshed, made_again, refresh, told
from dashboard.exports.pptx.template import Template, TemplateError, UnreadableError, like, office

__all__ = [
    "Line",
    "Record",
    "Refreshed",
    "Slot",
    "Template",
    "TemplateError",
    "UnreadableError",
    "UnrecordedError",
    "like",
    "made_again",
    "office",
    "record_of",
    "refresh",
    "to_pptx",
    "told",
    "write_deck",
]
