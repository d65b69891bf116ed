"""Materials: which document is wanted, and the document itself, made once for a choice.

Keys in the address: ``recipe`` (``views`` are those taken from pages), ``text`` (the document's
language), ``size``, ``slides`` (those wanted, in their order); the issue stands under ``asof``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import exports
from dashboard.decks import RecipeError, compose, of_views, read_recipe, recipes
from dashboard.locale import LANGUAGES, words
from dashboard.ui import as_of, basket, changing
from dashboard.ui.address import choose, widget_key
from dashboard.ui.asking import Ask, later
from dashboard.ui.freezing import meeting_issues
from dashboard.ui.links import link
from dashboard.ui.materials_slides import every_slide

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.decks import Asked, Choice, Recipe
    from dashboard.exports import ReleasedDeck
    from dashboard.queries.choices import Vintage
    from dashboard.ui.view import View

VIEWS, FIRST = "views", "quarterly"


def pick_recipe(view: View) -> Recipe:
    """Pick what is made: one of the recipes, or the views that were taken from pages."""
    say, found = view.words, _recipes(view)
    views = tuple(basket.views(view.dataset))
    found[VIEWS] = of_views(views)
    name = choose(
        "recipe",
        tuple(found),
        next(iter(found)),
        lambda key: st.selectbox(
            say("materials.recipe"),
            tuple(found),
            key=key,
            format_func=lambda name: (
                say("materials.views", n=len(views))
                if name == VIEWS
                else say.pick(*found[name].name)
            ),
            width=260,
            on_change=every_slide,  # which were chosen of another says nothing of this one
        ),
    )
    return found[name]


def _recipes(view: View) -> dict[str, Recipe]:
    """Return the recipes, slides before bulletins; one that cannot be read is named and left out.

    An office may have broken its own; that stops no other.
    """
    found = {}
    for name, path in recipes(changing.place().folders).items():
        try:
            found[name] = _read(name, changing.place().folders, path.stat().st_mtime_ns)
        except RecipeError as wrong:
            st.warning(view.words(f"deck.recipe.{wrong.reason}", **wrong.blanks))
    order = sorted(found, key=lambda name: (name != FIRST, found[name].document != "slides"))
    return {name: found[name] for name in order}


@lru_cache(maxsize=64)
def _read(name: str, folders: tuple[Path, ...], stamp: int) -> Recipe:
    del stamp  # a recipe that somebody edits is another
    return read_recipe(name, folders)


def pick_language(view: View) -> str:
    """Pick the language of the document; by default the page's."""
    own = view.words.language
    options = (own, *(language for language in LANGUAGES if language != own))
    return choose(
        "text",
        options,
        own,
        lambda key: st.segmented_control(
            view.words("materials.text"),
            LANGUAGES,
            key=key,
            required=True,
            format_func=lambda language: view.words(f"app.languages.{language}"),
        ),
    )


def pick_issue(view: View) -> None:
    """Pick the meeting whose frozen data are shown, here and on every page."""
    say, issues = view.words, meeting_issues()
    if not issues:
        link(view, "data", say("data.frozen.do"), part="loaded")
        return
    shown = str(st.session_state.get(widget_key(as_of.KEY), ""))
    options = tuple(dict.fromkeys(("", *issues, shown)))
    st.selectbox(
        say("materials.issue"),
        options,
        key=widget_key(as_of.KEY),
        format_func=lambda n: (
            f"{n} {issues[n].title}" if n in issues else n or say("materials.latest")
        ),
        width=260,
    )


def document(view: View, recipe: Recipe, choice: Choice) -> ReleasedDeck:
    """Return the document of a choice as it may leave the house."""
    views = tuple(basket.views(view.dataset)) if recipe.recipe == VIEWS else ()
    folders = changing.place().folders
    path = recipes(folders).get(recipe.recipe)
    stamp = path.stat().st_mtime_ns if path else 0
    with st.spinner(view.words("materials.making")):
        return _made(
            later(), recipe.recipe, stamp, views, choice, folders, view.vintage, view.footer
        )


@lru_cache(maxsize=16)
def _made(
    ask: Ask,
    name: str,
    stamp: int,
    views: tuple[Asked, ...],
    choice: Choice,
    folders: tuple[Path, ...],
    vintage: Vintage,
    footer: str,
) -> ReleasedDeck:
    recipe = of_views(views) if name == VIEWS else _read(name, folders, stamp)
    deck = compose(ask, recipe, choice, folders, vintage, footer)
    return exports.release_deck(ask, deck, words(choice.lang))
