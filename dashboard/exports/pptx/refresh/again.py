"""Makes the deck of a file once more, for another period: by its recipe, and the views added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from dashboard.decks import Choice, compose, read_recipe
from dashboard.decks.questions import QUESTIONS, moved
from dashboard.decks.recipe import Page, Recipe, recipes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.decks import Deck
    from dashboard.decks.deck import Layout
    from dashboard.exports.pptx.record import Record
    from dashboard.queries.ask import Ask
    from dashboard.queries.choices import Vintage


def made_again(
    ask: Ask,
    record: Record,
    dataset: str,
    period: str,
    folders: Sequence[Path],
    vintage: Vintage | None = None,
) -> Deck:
    """Return the deck of a record for another period.

    Slides that are in no recipe were views of pages: each is asked again, its windows moved.
    """
    choice = Choice(dataset, record.choice.area, period, record.choice.lang)
    known = record.recipe in recipes(folders)
    deck = (
        compose(ask, read_recipe(record.recipe, folders), choice, folders, vintage)
        if known
        else None
    )
    own = {slide.key for slide in deck.slides} if deck else set()
    views = compose(ask, _views(record, period, own), choice, folders, vintage)
    return replace(deck, slides=(*deck.slides, *views.slides)) if deck else views


def _views(record: Record, period: str, known: set[str]) -> Recipe:
    """Return a recipe of the slides that no recipe made."""
    pages = tuple(
        Page(
            key,
            cast("Layout", made.layout),
            (made.name, made.name),
            None,
            (),
            tuple(
                moved(one, record.choice.period, period)
                for one in made.asked
                if one.question in QUESTIONS
            ),
        )
        for key, made in record.slides.items()
        if key not in known and (made.asked or made.layout == "cover")
    )
    named = (record.title, record.title)
    return Recipe(record.recipe, "slides", named, named, pages)
