"""Describes whole documents once; the slides, the bulletin and the preview draw the same."""

from dashboard.decks.deck import Asked, Choice, Deck, Slide

__all__ = ["Asked", "Choice", "Deck", "Slide"]
