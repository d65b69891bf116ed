"""The command picture: the chart that answers one question, as SVG or PNG in the size of a slide.

Questions and their choices are those of recipes and of pages' addresses:
picture ranking indicator=condolence_fund measure=ytd --area 620700 --out ranking.png
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import exports
from dashboard.decks import QUESTIONS, Asked, make, misread, settle
from dashboard.exports.commands.opening import RefusedError, add_area_and_period, open_wanted
from dashboard.exports.commands.writing import by_suffix, save

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from dashboard.exports.commands.opening import Commands
    from dashboard.locale import Words

MAKERS: dict[str, Callable[[exports.Released], bytes]] = {
    ".png": exports.to_png,
    ".svg": lambda chart: exports.to_svg(chart).encode(),
}


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "picture", parents=[common], help="one chart as .svg or .png, in the size of a slide"
    )
    command.add_argument("question", metavar="QUESTION", help=", ".join(QUESTIONS))
    command.add_argument(
        "choices", nargs="*", metavar="KEY=VALUE", help="as in the address of its page"
    )
    add_area_and_period(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write one picture."""
    opened = open_wanted(options)
    ask, say = opened.ask, opened.say
    draw = by_suffix(options.out, MAKERS, say)
    setting = settle(ask, opened.choice(options), opened.folders, opened.vintage)
    asked = _asked(options, say)
    if wrong := misread(setting, asked):
        raise RefusedError(say("export.unknown_choice", choice="=".join(wrong)))
    chart = make(setting, asked)
    if chart is None:
        raise RefusedError(say("export.nothing"))
    released = exports.release(chart, exports.behind_charts(ask, [chart], "value"), say)
    try:
        save(options.out, draw(released), say)
    except exports.NoTypefaceError:
        raise RefusedError(say("export.no_typeface")) from None


def _asked(options: argparse.Namespace, say: Words) -> Asked:
    if options.question not in QUESTIONS:
        known = say.listed([*QUESTIONS])
        raise RefusedError(say("export.no_question", question=options.question, known=known))
    pairs = [said.partition("=") for said in options.choices]
    if any(not sign for _, sign, _ in pairs):
        raise RefusedError(say("export.no_choice"))
    return Asked(options.question, tuple((key, value) for key, _, value in pairs))
