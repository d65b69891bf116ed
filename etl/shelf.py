"""The commands on vintages: prune, revisions, and meeting issues by freeze, unfreeze, frozen."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from etl.catalogue import load_catalogue
from etl.frozen import freeze, frozen, prune, unfreeze
from etl.revisions import as_lines, revisions, vintage_named

if TYPE_CHECKING:
    from etl.frozen import Frozen

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Give the command line what is done with vintages."""
    command = commands.add_parser("prune", parents=[common], help="drop old vintages")
    command.add_argument(
        "--keep", type=_number, required=True, metavar="N", help="how many to keep"
    )
    command.set_defaults(run=_prune)
    command = commands.add_parser(
        "revisions", parents=[common], help="what changed from one vintage to another"
    )
    command.add_argument(
        "old", metavar="OLD", help="a vintage's name, the start of it, or a meeting's number"
    )
    command.add_argument("new", metavar="NEW", nargs="?", default="current")
    command.set_defaults(run=_revisions)
    _add_frozen(commands, common)


def _add_frozen(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Freeze, unfreeze and frozen: vintages kept under the number of a meeting."""
    command = commands.add_parser(
        "freeze", parents=[common], help="keep a vintage for good under a meeting's number"
    )
    command.add_argument("--number", required=True, metavar="NUMBER", help="2024年第2期")
    command.add_argument("--title", required=True, metavar="TITLE", help="上半年双拥工作会议")
    command.add_argument(
        "--vintage", default="current", metavar="NAME", help="default: the one in force"
    )
    command.set_defaults(run=_freeze)
    command = commands.add_parser(
        "unfreeze", parents=[common], help="take back a number that was given by mistake"
    )
    command.add_argument("number", metavar="NUMBER")
    command.set_defaults(run=_unfreeze)
    command = commands.add_parser("frozen", parents=[common], help="list the numbers given")
    command.set_defaults(run=_frozen)


def _number(text: str) -> int:
    """How many vintages stay: -1 would drop them all."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("请写 0 或正整数 (0 or more)")
    return int(text)


def _prune(options: argparse.Namespace) -> int:
    dropped = [path.name for path in prune(options.vintages, options.keep)]
    print(
        json.dumps(dropped) if options.json else "\n".join(dropped) or "没有可删的 nothing to drop"
    )
    return 0


def _revisions(options: argparse.Namespace) -> int:
    old, new = (vintage_named(name, options.vintages) for name in (options.old, options.new))
    if options.json:
        found = asdict(revisions(old, new))
        print(json.dumps({"old": old.name, "new": new.name, **found}, ensure_ascii=False, indent=1))
    else:
        catalogue = load_catalogue(options.folders(options))
        print("\n".join(as_lines(revisions(old, new, limit=200), catalogue, options.lang)))
    return 0


def _freeze(options: argparse.Namespace) -> int:
    vintage = vintage_named(options.vintage, options.vintages)
    return _show_frozen([freeze(options.vintages, options.number, options.title, vintage)], options)


def _unfreeze(options: argparse.Namespace) -> int:
    return _show_frozen([unfreeze(options.vintages, options.number)], options)


def _frozen(options: argparse.Namespace) -> int:
    return _show_frozen([*frozen(options.vintages).values()], options)


def _show_frozen(issues: list[Frozen], options: argparse.Namespace) -> int:
    if options.json:
        print(json.dumps([asdict(issue) for issue in issues], ensure_ascii=False, indent=1))
    else:
        lines = [f"{issue.number}  {issue.vintage}  {issue.title}" for issue in issues]
        print("\n".join(lines) or "还没有冻结 nothing is frozen yet")
    return 0
