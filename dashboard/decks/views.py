"""A recipe of views: what a reader took from pages, a slide each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from dashboard.decks.recipe import Page, Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.decks.deck import Asked

NAME = "views"
VIEW = ("加入的图表", "View taken")
NAMED = ("加入的图表", "Views taken")
TITLE = ("{area}双拥工作情况", "{area}: dual-support work")


def of_views(views: Sequence[Asked]) -> Recipe:
    """Return a cover and a slide a view; a slide's key stays when others come or go."""
    cover = Page("cover", "cover", ("封面", "Cover"), None, (), ())
    return Recipe(NAME, "slides", NAMED, TITLE, (cover, *map(_page, views)))


def _page(asked: Asked) -> Page:
    key = f"{asked.question}-{crc32(repr(asked.choices).encode()):08x}"
    return Page(key, "content", VIEW, None, (), (asked,))
