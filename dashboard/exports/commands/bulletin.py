"""The command bulletin: a recipe's 通报 or 简报 as a Word document, of an area in a period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import exports
from dashboard.exports.commands.deck import add_choices, composed, report
from dashboard.exports.commands.opening import RefusedError, open_wanted
from dashboard.exports.commands.writing import write

if TYPE_CHECKING:
    import argparse

    from dashboard.exports.commands.opening import Commands


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "bulletin", parents=[common], help="a recipe's bulletin or brief as a Word document"
    )
    add_choices(command, "bulletin")
    command.add_argument("--template", type=Path, metavar="FILE.docx", help="the office's own")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write a bulletin, and say what was left out of it."""
    opened = open_wanted(options)
    deck = composed(opened, options)
    released = exports.release_deck(opened.ask, deck, opened.say)
    try:
        written = exports.write_bulletin(released, options.template)
    except exports.TemplateError as wrong:
        raise RefusedError(str(wrong)) from None
    write(options.out, written, ".docx", opened.say)
    report(opened, deck, options.out, "bulletin.written")
