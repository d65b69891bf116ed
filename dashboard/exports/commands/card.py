"""The command card: one area's file (一县一档) as HTML for a phone, or as PDF for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts, exports
from dashboard.exports.commands.opening import RefusedError, open_wanted
from dashboard.exports.commands.writing import PDF, printed, save
from dashboard.locale.labels import read_labels
from dashboard.queries import choices, county

if TYPE_CHECKING:
    import argparse

    from dashboard.exports.commands.opening import Commands
    from dashboard.locale import Words


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "card",
        parents=[common],
        help="one area's file as one HTML file, to carry on a phone, or as .pdf",
    )
    command.add_argument("--area", required=True, metavar="CODE", help="620702")
    command.add_argument("--years", metavar="FIRST-LAST", help="2020-2023; default: the last four")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the inspection card of one area."""
    opened = open_wanted(options)
    ask, say, dataset = opened.ask, opened.say, opened.dataset
    area = opened.area(options.area)
    freq = ask(choices.usual_frequency, dataset)
    found = county.county(ask, dataset, area, freq, _window(options.years, say))
    dossier = charts.county(
        found,
        ask(read_labels, options.lang),
        lambda files: charts.provenance_of(files, dataset, opened.vintage, say),
    )
    released = exports.release_dossier(ask, dossier, say)
    if options.out.suffix.lower() == PDF:
        save(options.out, printed(exports.to_paper(released, say), ".html", say), say)
    else:
        save(options.out, exports.to_card(released, say), say)


def _window(years: str | None, say: Words) -> tuple[str, str] | None:
    if years is None:
        return None
    first, _, last = years.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4):
        raise RefusedError(say("export.no_years", years=years))
    return min(first, last), max(first, last)
