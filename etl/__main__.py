"""The command line: python -m etl load, check, questions, answer, revisions and more."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from command_line import UNREAD, Parser, in_utf8, is_unread
from etl import dialogue, shelf
from etl.catalogue import CatalogueError
from etl.files import known
from etl.pipeline import INBOX, annotated, check_files, load, remove
from etl.report import as_json, as_text
from etl.sentences import RefusedError
from etl.vintages import current

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from etl.pipeline import Outcome

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DATA = Path(__file__).parent.parent / "data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what is wrong is a sentence on stderr and exit code 1, never a traceback."""
    in_utf8()
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except (RefusedError, CatalogueError) as refusal:
        return _refuse(refusal.zh if options.lang == "zh" else refusal.en)
    except OSError as error:
        return UNREAD if is_unread(error) else _refuse(_said(error))


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common, files = _common(), _files()
    _add_loading(commands, common, files)
    shelf.add_commands(commands, common)
    _add_forms(commands, common)
    dialogue.add_commands(commands, common)
    return parser


def _common() -> argparse.ArgumentParser:
    """What every command takes."""
    common = argparse.ArgumentParser(add_help=False)
    common.set_defaults(folders=_folders)
    common.add_argument(
        "--catalogue",
        type=Path,
        action="append",
        metavar="DIR",
        help="a folder of the catalogue; may be given more than once, later ones override",
    )
    common.add_argument("--vintages", type=Path, default=DATA / "vintages", metavar="DIR")
    common.add_argument("--json", action="store_true", help="print what came of it as JSON")
    common.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="language of the messages"
    )
    return common


def _files() -> argparse.ArgumentParser:
    """What the commands take that read files."""
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument(
        "paths",
        type=Path,
        nargs="*",
        metavar="PATH",
        help="files or folders; without any, all of data/inbox and data/demo",
    )
    files.add_argument(
        "--dataset",
        default="reported",
        type=_dataset,
        metavar="NAME",
        help="the dataset of files from elsewhere (default: reported)",
    )
    return files


def _add_loading(
    commands: Commands, common: argparse.ArgumentParser, files: argparse.ArgumentParser
) -> None:
    """Load, check and withdraw: files to a vintage, or to the issues that it would have."""
    command = commands.add_parser(
        "load", parents=[common, files], help="read, check and publish a new vintage"
    )
    command.add_argument("--fresh", action="store_true", help="start from no earlier source")
    command.set_defaults(run=_load)
    command = commands.add_parser(
        "check",
        parents=[common, files],
        help="read and check without publishing; exit 1 on an error",
    )
    command.add_argument(
        "--annotate",
        type=Path,
        metavar="OUT.xlsx",
        help="write the one file back with its cells marked and a list of the issues",
    )
    command.set_defaults(run=_check)
    command = commands.add_parser("withdraw", parents=[common], help="publish without one source")
    command.add_argument(
        "source", metavar="SOURCE", help="its file name, or the start of its SHA-256"
    )
    command.set_defaults(run=_withdraw)


def _add_forms(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Template and extract: workbooks for people to fill in or to tick."""
    command = commands.add_parser(
        "template", parents=[common], help="a blank reporting workbook to fill in"
    )
    command.add_argument("--areas", nargs="+", required=True, metavar="AREA", help="codes: 620700")
    command.add_argument("--period", required=True, help="2025, 2025-S1, 2025-Q1 or 2025-M05")
    command.add_argument(
        "--indicators",
        nargs="+",
        default=[],
        metavar="CODE",
        help="without any: what the areas are expected to report, or have reported",
    )
    command.add_argument("--dataset", default="reported", help="whose figures of last year")
    command.add_argument("--out", type=Path, metavar="FILE.xlsx", help="default: its title")
    command.set_defaults(run=_template)
    command = commands.add_parser(
        "extract", parents=[common], help="propose figures from a report in words, for review"
    )
    command.add_argument("file", type=Path, metavar="FILE", help="a .txt or a .docx")
    command.add_argument(
        "--out",
        type=Path,
        metavar="REVIEW.xlsx",
        help="the workbook to tick and load; default: the file's name and 核对",
    )
    command.set_defaults(run=_extract)


def _dataset(name: str) -> str:
    """The name of a dataset, which stands in the names of files."""
    if not re.fullmatch(r"[\w-]{1,64}", name):
        raise argparse.ArgumentTypeError("只能用文字、数字、- 和 _ (letters, digits, - and _ only)")
    return name


def _folders(options: argparse.Namespace) -> tuple[Path, ...]:
    """Return the folders of the catalogue; the office's own lies beside its vintages."""
    named = options.catalogue or ()  # one's own may be new and still to be made
    if named and not any((folder / "words.yml").is_file() for folder in named):
        lacking = str(named[0] / "words.yml")
        raise FileNotFoundError(2, "不是指标目录，没有这个文件 no catalogue, no such file", lacking)
    return tuple(options.catalogue or (DATA / "catalogue", options.vintages.parent / "local"))


def _paths(options: argparse.Namespace) -> list[Path]:
    for path in options.paths:
        if not path.exists():
            raise FileNotFoundError(2, "没有这个文件或文件夹 no such file or folder", str(path))
    return options.paths or [DATA / INBOX, DATA / "demo"]


def _load(options: argparse.Namespace) -> int:
    outcome = load(
        _paths(options), DATA, options.vintages, _folders(options),
        dataset=options.dataset, fresh=options.fresh, progress=_progress(),
    )  # fmt: skip
    return _show(outcome, options, failed=outcome.vintage is None)


def _check(options: argparse.Namespace) -> int:
    paths, folders = _paths(options), _folders(options)
    if options.annotate and (len(paths) != 1 or not paths[0].is_file()):
        return _refuse("--annotate 一次只写回一个文件 --annotate takes one file at a time")
    if options.annotate and options.annotate.resolve() == paths[0].resolve():
        return _refuse("--annotate 请写到另一个文件 --annotate needs another file to write to")
    outcome = check_files(paths, DATA, folders, options.dataset, _progress())
    if options.annotate:
        options.annotate.write_bytes(annotated(paths[0], outcome.issues, folders, options.lang))
    return _show(outcome, options, failed=any(i.severity == "error" for i in outcome.issues))


def _withdraw(options: argparse.Namespace) -> int:
    outcome = remove(options.source, options.vintages, _folders(options), _progress())
    return _show(outcome, options, failed=False)


def _template(options: argparse.Namespace) -> int:
    from etl.template import template  # openpyxl, which the other commands need not wait for

    catalogue, _ = known(_folders(options))
    title, form = template(
        options.areas, options.period, options.indicators, catalogue,
        current(options.vintages), options.dataset,
    )  # fmt: skip
    out = options.out or Path(f"{title}.xlsx")
    out.write_bytes(form)
    print(json.dumps({"file": str(out)}, ensure_ascii=False) if options.json else out)
    return 0


def _extract(options: argparse.Namespace) -> int:
    from etl.prose import extract  # openpyxl again
    from etl.prose.review import as_rows, review, told

    folders = _folders(options)
    catalogue, vocabulary = known(folders)
    found = extract(options.file, folders, vocabulary)
    if options.json:
        print(json.dumps(as_rows(found), ensure_ascii=False, indent=1))
    if options.out or not options.json:
        out = options.out or Path(f"{options.file.stem}-核对.xlsx")
        if out.resolve() == options.file.resolve():
            return _refuse("--out 请写到另一个文件 --out needs another file to write to")
        out.write_bytes(review(found, vocabulary))
        if not options.json:
            print(told(found, out, catalogue, options.lang))
    return 0


def _show(outcome: Outcome, options: argparse.Namespace, *, failed: bool) -> int:
    if options.json:
        print(json.dumps(as_json(outcome), ensure_ascii=False, indent=1, default=str))
    else:
        print(as_text(outcome, options.lang))
    return 1 if failed else 0


def _progress() -> Callable[[int, int, str], None]:
    """Say how far the reading is, on stderr, once it has taken more than a second."""
    last = time.monotonic()

    def show(done: int, total: int, name: str) -> None:
        nonlocal last
        if time.monotonic() - last > 1:
            last = time.monotonic()
            print(f"  {done}/{total}  {name}", file=sys.stderr)

    return show


def _said(error: OSError) -> str:
    """Return what the system says, and of which file if of one: a full disk has none."""
    return f"{error.strerror}: {error.filename}" if error.filename else str(error.strerror)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
