"""The command bulletin: a recipe's 通报 or 简报 as a Word document, of an area in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import exports
from dashboard.exports.commands.deck import add_choices, composed, report
from dashboard.exports.commands.opening import open_wanted

if TYPE_CHECKING:
    import argparse

    from dashboard.exports.commands.opening import Commands


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "bulletin", parents=[common], help="a recipe's bulletin or brief as a Word document"
    )
    add_choices(command, "bulletin")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write a bulletin, and say what was left out of it."""
    opened = open_wanted(options)
    deck = composed(opened, options)
    released = exports.release_deck(opened.ask, deck, opened.say)
    options.out.write_bytes(exports.write_bulletin(released))
    report(opened, deck, options.out)
