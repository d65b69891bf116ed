"""The command line: python -m dashboard.exports writes files without a browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from command_line import UNREAD, Parser, in_utf8, is_unread
from dashboard import store
from dashboard.exports.commands import bulletin, card, deck, picture, refresh, workbook
from dashboard.exports.commands.opening import VINTAGES, RefusedError
from dashboard.locale import LANGUAGES, words

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (deck, refresh, bulletin, workbook, picture, card)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong is a sentence on stderr and exit code 1, never a traceback."""
    in_utf8()
    options = _options(arguments)
    try:
        options.run(options)
        sys.stdout.flush()
    except RefusedError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except store.OTHER_TABLES:
        sys.stderr.write(f"{words(options.lang)('empty.other_version_hint')}\n")
        return 1
    except OSError as error:
        if is_unread(error):
            return UNREAD
        reason = "no_file" if isinstance(error, FileNotFoundError) else "no_access"
        file = error.filename or options.out  # a full disk names none
        sys.stderr.write(f"{words(options.lang)(f'export.{reason}', file=file)}\n")
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; a picture's choices may stand behind its options, too."""
    parser = _parser()
    options, left_over = parser.parse_known_args(arguments)
    strange = [said for said in left_over if said.startswith("-") or "choices" not in options]
    if strange:
        parser.error(f"unrecognized arguments: {' '.join(strange)}")
    if left_over:
        options.choices = [*options.choices, *left_over]
    return options


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog="python -m dashboard.exports", description=__doc__
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--vintages", type=Path, default=VINTAGES, metavar="DIR")
    common.add_argument("--dataset", metavar="NAME", help="default: the one that pages show first")
    common.add_argument("--issue", metavar="NUMBER", help="2024年第2期: as frozen for a meeting")
    common.add_argument("--out", type=Path, required=True, metavar="FILE")
    common.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of the file")
    for command in COMMANDS:
        command.add(commands, common)
    return parser


if __name__ == "__main__":
    sys.exit(main())
