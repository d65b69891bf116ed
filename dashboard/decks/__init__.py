"""Describes whole documents once; the slides, the bulletin and the preview draw the same."""

from dashboard.decks.arrange import arranged
from dashboard.decks.compose import compose, slide_of
from dashboard.decks.deck import Asked, Choice, Deck, Slide
from dashboard.decks.questions import QUESTIONS, make, misread, moved
from dashboard.decks.recipe import Page, Recipe, RecipeError, read_recipe, recipe_of, recipes
from dashboard.decks.setting import Setting, settle
from dashboard.decks.views import of_views

__all__ = [
    "QUESTIONS",
    "Asked",
    "Choice",
    "Deck",
    "Page",
    "Recipe",
    "RecipeError",
    "Setting",
    "Slide",
    "arranged",
    "compose",
    "make",
    "misread",
    "moved",
    "of_views",
    "read_recipe",
    "recipe_of",
    "recipes",
    "settle",
    "slide_of",
]
