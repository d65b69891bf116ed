"""The command line: python -m dashboard.exports card writes files without a browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import charts, exports, store
from dashboard.locale import LANGUAGES, Words, words
from dashboard.locale.labels import read_labels
from dashboard.queries import choices, county
from dashboard.queries.ask import Asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

VINTAGES = Path(__file__).parents[2] / "data" / "vintages"


class RefusedError(Exception):
    """A sentence that says why no file was written."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong is a sentence on stderr and exit code 1, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except RefusedError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except store.OTHER_TABLES:
        sys.stderr.write(f"{words(options.lang)('empty.other_version_hint')}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.strerror}: {error.filename}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard.exports", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--vintages", type=Path, default=VINTAGES, metavar="DIR")
    common.add_argument("--dataset", metavar="NAME", help="default: the one that pages show first")
    common.add_argument("--out", type=Path, required=True, metavar="FILE")
    common.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the file")
    _add_card(commands, common)
    return parser


def _add_card(commands: Commands, common: argparse.ArgumentParser) -> None:
    command = commands.add_parser(
        "card", parents=[common], help="one area's file as one HTML file, to carry on a phone"
    )
    command.add_argument("--area", required=True, metavar="CODE", help="620702")
    command.add_argument("--years", metavar="FIRST-LAST", help="2020-2023; default: the last four")
    command.set_defaults(run=_card)


def _card(options: argparse.Namespace) -> None:
    """Write the inspection card of one area."""
    say = words(options.lang)
    con = _opened(options.vintages, say)
    ask = Asking(con)
    dataset = _dataset(ask, options.dataset, say)
    if options.area not in ask(choices.available_areas, dataset):
        raise RefusedError(say("export.no_area", area=options.area, dataset=dataset))
    labels = read_labels(con, options.lang)
    freq = ask(choices.usual_frequency, dataset)
    window = _window(options.years, say)
    found = county.county(ask, dataset, options.area, freq, window)
    vintage = ask(choices.vintage, dataset)
    dossier = charts.county(
        found, labels, lambda files: charts.provenance_of(files, dataset, vintage, say)
    )
    options.out.write_bytes(exports.to_card(exports.release_dossier(ask, dossier, say), say))


def _opened(vintages: Path, say: Words) -> duckdb.DuckDBPyConnection:
    """Open the vintage in force."""
    database = store.newest(vintages)
    if database is None:
        raise RefusedError(say("export.no_vintage", folder=vintages))
    return store.open_vintage(database)


def _dataset(ask: Asking, wanted: str | None, say: Words) -> str:
    known = ask(choices.datasets)
    if not known:
        raise RefusedError(say("empty.no_values"))
    if wanted and wanted not in known:
        raise RefusedError(say("export.no_dataset", dataset=wanted, known=say.listed(known)))
    return wanted or known[0]


def _window(years: str | None, say: Words) -> tuple[str, str] | None:
    if years is None:
        return None
    first, _, last = years.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4):
        raise RefusedError(say("export.no_years", years=years))
    return min(first, last), max(first, last)


if __name__ == "__main__":
    sys.exit(main())
