"""Arranging: a deck as a person wants it, with slides in another order, left out, or renamed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dashboard.decks.deck import Deck

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

D = TypeVar("D", bound=Deck)


def arranged(deck: D, order: Sequence[str], titles: Mapping[str, str]) -> D:
    """Return the slides of some keys in their order, with the titles that a person wrote.

    A key that the deck does not have is passed over; no key at all means every slide.
    """
    by_key = {slide.key: slide for slide in deck.slides}
    keys = [key for key in dict.fromkeys(order) if key in by_key] or list(by_key)
    slides = tuple(
        replace(by_key[key], title=titles[key], edited=True) if key in titles else by_key[key]
        for key in keys
    )
    return replace(deck, slides=slides)


def shifted(keys: Sequence[str], key: str, by: int) -> list[str]:
    """Return the keys with one of them so many places further on, or back."""
    rest = [other for other in keys if other != key]
    at = min(max(list(keys).index(key) + by, 0), len(rest))
    return [*rest[:at], key, *rest[at:]]


def with_back(keys: Sequence[str], key: str, every: Sequence[str]) -> list[str]:
    """Return the keys with one that was left out, behind the nearest of those before it."""
    before = [other for other in every[: list(every).index(key)] if other in keys]
    at = list(keys).index(before[-1]) + 1 if before else 0
    return [*keys[:at], key, *keys[at:]]
