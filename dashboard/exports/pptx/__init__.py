"""Draws charts and decks as native, editable PowerPoint."""

from dashboard.exports.pptx.deck import to_pptx, write_deck

__all__ = ["to_pptx", "write_deck"]
