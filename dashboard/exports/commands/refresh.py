"""The command refresh: a deck that people have edited takes the figures of another period."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.decks import RecipeError
from dashboard.exports import pptx
from dashboard.exports.commands.opening import RefusedError, open_wanted
from dashboard.exports.commands.writing import write
from dashboard.exports.refreshing import refreshed
from dashboard.locale import words
from dashboard.queries.periods import freq_of, is_period

if TYPE_CHECKING:
    import argparse

    from dashboard.exports.commands.opening import Commands
    from dashboard.locale import Words


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "refresh", parents=[common], help="an edited deck with the figures of another period"
    )
    command.add_argument("old", type=Path, metavar="OLD.pptx", help="made by deck, then edited")
    command.add_argument("--period", metavar="PERIOD", help="2024-Q3; default: the latest")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the deck, and say of each part that was not simply updated what became of it."""
    old = options.old.read_bytes()
    record = _record(old, options.old.name, words(options.lang))
    options.dataset = options.dataset or record.choice.dataset
    options.lang = record.choice.lang
    opened = open_wanted(options)
    wanted, before = options.period, record.choice.period
    if wanted and is_period(wanted) and freq_of(wanted) != freq_of(before):
        raise RefusedError(opened.say("refresh.other_frequency", period=wanted, old=before))
    period = opened.period(wanted, opened.area(record.choice.area))
    try:
        made = refreshed(
            opened.ask, old, record, opened.dataset, period, opened.folders, opened.vintage
        )
    except RecipeError as wrong:
        raise RefusedError(opened.say(f"deck.recipe.{wrong.reason}", **wrong.blanks)) from None
    write(options.out, made.data, ".pptx", opened.say)
    said = [opened.say("refresh.written", file=options.out.name)]
    sys.stdout.write("\n".join((*said, *pptx.told(made, opened.say), "")))


def _record(old: bytes, name: str, say: Words) -> pptx.Record:
    try:
        return pptx.record_of(old)
    except pptx.UnrecordedError:
        raise RefusedError(say("refresh.unrecorded", file=name)) from None
    except pptx.UnreadableError:
        raise RefusedError(say("refresh.unreadable", file=name)) from None
