"""Draws charts and decks as native, editable PowerPoint."""

from dashboard.exports.pptx.deck import to_pptx, write_deck
from dashboard.exports.pptx.template import Template, TemplateError, office

__all__ = ["Template", "TemplateError", "office", "to_pptx", "write_deck"]
