"""Recipes: what the slides of a deck are, read from data/catalogue/decks and data/local/decks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import yaml

from dashboard.decks.deck import Asked
from dashboard.decks.findings import FINDINGS
from dashboard.decks.questions import QUESTIONS
from dashboard.locale.outside import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from dashboard.decks.deck import Layout

FOLDER = "decks"
LAYOUTS = ("cover", "content", "text")
KEY = re.compile(r"[\w-]{1,60}")  # a/b would be the part b of a slide a
Named = tuple[str, str]  # in Chinese and in English


class RecipeError(Exception):
    """What is wrong with a recipe: the key of a sentence (deck.recipe.*), and its blanks."""

    def __init__(self, reason: str, **blanks: object) -> None:
        super().__init__(reason)
        self.reason, self.blanks = reason, blanks


@dataclass(frozen=True, slots=True)
class Page:
    """One slide of a recipe: which sentences it says, and which questions its charts answer.

    ``title`` and ``lines`` name findings (dashboard/decks/findings), ``charts`` questions.
    ``each`` is ``children`` for a slide a county; ``area`` is then the county's.
    """

    key: str
    layout: Layout
    name: Named
    title: Asked | None
    lines: tuple[Asked, ...]
    charts: tuple[Asked, ...]
    each: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A document of its own name; ``document`` says whether slides or a bulletin."""

    recipe: str
    document: str
    name: Named
    title: Named
    pages: tuple[Page, ...]
    said: Mapping[str, Any] = field(default_factory=dict)  # what else a document's writer heeds


def recipes(folders: Sequence[Path]) -> dict[str, Path]:
    """Return where each recipe is, by its name; an office's own stands for ours."""
    return {
        path.stem: path for folder in folders for path in sorted((folder / FOLDER).glob("*.yml"))
    }


def read_recipe(name: str, folders: Sequence[Path]) -> Recipe:
    """Read a recipe; what is wrong with it is a RecipeError."""
    known = recipes(folders)
    if name not in known:
        raise RecipeError("unknown", recipe=name, known="、".join(known))
    try:
        said = yaml.safe_load(known[name].read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, ValueError, RecursionError):
        raise RecipeError("unreadable", file=known[name].name) from None
    return recipe_of(name, said, known[name].name)


def recipe_of(name: str, said: object, file: str) -> Recipe:
    """Return the recipe that a file says."""
    top = _mapping(said, file)
    pages = tuple(_page(page, file) for page in _list(top.get("slides"), file))
    keys = [page.key for page in pages]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice or not pages:
        raise RecipeError("twice" if twice else "empty", file=file, slide=twice)
    return Recipe(
        name,
        str(top.get("document", "slides")),
        _named(top.get("name"), name, file),
        _named(top.get("title"), name, file),
        pages,
        {key: value for key, value in top.items()
         if key not in ("document", "name", "title", "slides")},
    )  # fmt: skip


def _page(said: object, file: str) -> Page:
    page = _mapping(said, file)
    layout, key = str(page.get("layout", "content")), str(page.get("key", ""))
    if not KEY.fullmatch(key) or layout not in LAYOUTS:
        raise RecipeError("page", file=file, slide=printable(key))
    titles = _asked(page.get("title"), FINDINGS, key, file)
    return Page(
        key,
        cast("Layout", layout),
        _named(page.get("name"), key, file),
        titles[0] if titles else None,
        _asked(page.get("lines"), FINDINGS, key, file),
        _asked(page.get("charts"), QUESTIONS, key, file),
        str(page.get("each", "")),
    )


def _asked(said: object, known: Collection[str], key: str, file: str) -> tuple[Asked, ...]:
    """Read questions with their choices; one without choices may stand as its name alone."""
    several = said if isinstance(said, list) else [] if said is None else [said]
    asked = []
    for one in several:
        choices = {"ask": one} if isinstance(one, str) else _mapping(one, file)
        words = {str(name): _word(value) for name, value in choices.items()}
        question = words.pop("ask", "")
        if question not in known:
            raise RecipeError(
                "asked", file=file, slide=key, question=question, known="、".join(sorted(known))
            )
        asked.append(Asked(question, tuple(words.items())))
    return tuple(asked)


def _word(value: object) -> str:
    """Return a choice as it stands in an address: codes of a list with commas between them."""
    return printable(",".join(map(str, value)) if isinstance(value, list) else str(value))


def _named(said: object, default: str, file: str) -> Named:
    """Read a name in one language or in both; nothing written is the default."""
    both = said if isinstance(said, dict) else {"zh": said}
    zh, en = ("" if both.get(lang) is None else both[lang] for lang in ("zh", "en"))
    if isinstance(zh, list | dict) or isinstance(en, list | dict):
        raise RecipeError("unreadable", file=file)
    name = printable(str(zh)) or default
    return name, printable(str(en)) or name


def _mapping(said: object, file: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise RecipeError("unreadable", file=file)
    return said


def _list(said: object, file: str) -> list[Any]:
    if said is not None and not isinstance(said, list):
        raise RecipeError("unreadable", file=file)
    return said or []
