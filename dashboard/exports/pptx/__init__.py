"""Draws charts and decks as native, editable PowerPoint."""

from dashboard.exports.pptx.plain import write_deck
from dashboard.exports.pptx.slide import to_pptx

__all__ = ["to_pptx", "write_deck"]
