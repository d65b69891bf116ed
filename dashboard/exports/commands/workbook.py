"""The command workbook: an area's parts by indicator in a period, as .xlsx, .csv or .parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import exports
from dashboard.decks import settle
from dashboard.decks.county_tables import county_tables, wanted
from dashboard.exports.commands.opening import RefusedError, add_area_and_period, open_wanted
from dashboard.exports.commands.writing import by_suffix, save
from dashboard.queries import choices
from dashboard.queries.periods import freq_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    import pyarrow as pa

    from dashboard.decks import Choice, Setting
    from dashboard.exports.commands.opening import Commands, Opened
    from dashboard.queries.values import Measure

    Maker = Callable[[Setting, tuple[str, ...], Measure], bytes]


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "workbook",
        parents=[common],
        help="counties by indicator as an office's .xlsx; one row a value as .csv or .parquet",
    )
    add_area_and_period(command)
    command.add_argument(
        "--indicator", action="append", default=[], metavar="CODE", help="default: all; repeatable"
    )
    command.add_argument("--measure", choices=("value", "ytd"), default="value")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Write the figures of an area and of its parts."""
    opened = open_wanted(options)
    maker = by_suffix(options.out, MAKERS, opened.say)
    choice = opened.choice(options)
    setting = settle(opened.ask, choice, opened.folders, opened.vintage)
    made = maker(setting, _indicators(opened, options, choice), options.measure)
    save(options.out, made, opened.say)


def _indicators(opened: Opened, options: argparse.Namespace, choice: Choice) -> tuple[str, ...]:
    """Return the indicators that are wanted, all by default; one without values is refused."""
    known = opened.ask(choices.available_indicators, opened.dataset, freq_of(choice.period))
    strange = [code for code in options.indicator if code not in known]
    if strange:
        raise RefusedError(opened.say("export.no_indicator", indicator=strange[0]))
    return tuple(dict.fromkeys(options.indicator)) or tuple(known)


def _book(setting: Setting, indicators: tuple[str, ...], measure: Measure) -> bytes:
    """Write the tables of all parts, and the total where all of them are there."""
    tables = county_tables(setting, indicators, measure)
    if not tables:
        raise RefusedError(setting.words("export.nothing"))
    behind = exports.behind_charts(setting.ask, tables, measure)
    released = exports.release_together(tables, behind, setting.words)
    origins = exports.origins_of(setting.ask, [p for t in tables for p in t.points], measure)
    titled = [(table.title, shown) for table, shown in zip(tables, released, strict=True)]
    return exports.write_book(titled, origins, setting.words)


def _rows(setting: Setting, indicators: tuple[str, ...], measure: Measure) -> pa.Table:
    """Return the values of the area and of its parts, one a row."""
    chosen = wanted(setting, indicators, measure)
    both = tuple(sorted({*chosen.areas, setting.choice.area}))
    return exports.tidy_rows(
        setting.ask, chosen._replace(areas=both), setting.labels, setting.vintage
    )


MAKERS: dict[str, Maker] = {
    ".xlsx": _book,
    ".csv": lambda *asked: exports.write_csv(_rows(*asked)),
    ".parquet": lambda *asked: exports.write_parquet(_rows(*asked)),
}
