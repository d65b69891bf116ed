"""The command deck: the slides of a recipe, of an area in a period."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import exports
from dashboard.decks import RecipeError, compose, read_recipe
from dashboard.exports.commands.opening import RefusedError, add_area_and_period, open_wanted
from dashboard.exports.commands.writing import write

if TYPE_CHECKING:
    import argparse

    from dashboard.decks import Deck
    from dashboard.exports.commands.opening import Commands, Opened
    from dashboard.exports.pptx import Template
    from dashboard.locale import Words

SIZES = ("16x9", "4x3")


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "deck", parents=[common], help="the slides of a recipe, native and editable"
    )
    add_choices(command, "quarterly")
    command.add_argument("--format", choices=SIZES, default=SIZES[0])
    command.add_argument("--template", type=Path, metavar="FILE.pptx", help="the office's own")
    command.set_defaults(run=run)


def add_choices(command: argparse.ArgumentParser, recipe: str) -> None:
    """Declare what every document is made of: a recipe, an area, a period."""
    command.add_argument("--recipe", default=recipe, metavar="NAME", help=f"default: {recipe}")
    add_area_and_period(command)


def run(options: argparse.Namespace) -> None:
    """Write a deck, and say what was left out of it."""
    opened = open_wanted(options)
    deck = composed(opened, options)
    template = _template(options.template, opened.say)
    released = exports.release_deck(opened.ask, deck, opened.say)
    document = exports.write_deck(released, template, options.format)
    write(options.out, document, ".pptx", opened.say)
    report(opened, deck, options.out)


def _template(path: Path | None, say: Words) -> Template | None:
    """Open the office's own template, if there is one."""
    try:
        return exports.office(path, say) if path else None
    except exports.TemplateError as wrong:
        raise RefusedError(str(wrong)) from None


def composed(opened: Opened, options: argparse.Namespace) -> Deck:
    """Return the deck that is asked for; one without a single slide is refused."""
    choice = opened.choice(options)
    try:
        recipe = read_recipe(options.recipe, opened.folders)
        deck = compose(opened.ask, recipe, choice, opened.folders, opened.vintage)
    except RecipeError as wrong:
        raise RefusedError(opened.say(f"deck.recipe.{wrong.reason}", **wrong.blanks)) from None
    if not deck.slides:
        raise RefusedError(opened.say("deck.left_out", names=opened.say.listed(deck.left_out)))
    return deck


def report(opened: Opened, deck: Deck, out: Path, written: str = "deck.written") -> None:
    """Say how many slides were written, and which could not be for want of data."""
    say = opened.say
    sys.stdout.write(f"{say(written, file=out.name, n=len(deck.slides))}\n")
    if deck.left_out:
        sys.stdout.write(f"{say('deck.left_out', names=say.listed(deck.left_out))}\n")
