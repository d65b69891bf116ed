"""A workbook back to its sender: its cells marked, and a first sheet that lists the issues."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from etl.annotate.cells import Cell, Cells
from etl.annotate.comments import add_comments
from etl.annotate.conceal import conceal
from etl.annotate.listing import add_listing, severity_word
from etl.annotate.package import Package
from etl.annotate.rewrite import rewrite
from etl.annotate.styles import COLOURS, Styles
from etl.read import UnreadableFile, read
from etl.read.address import each
from etl.read.kind import recognise
from etl.read.package import unpack, worksheets
from etl.understand import Vocabulary, file_shown, masked_sheets, sheets_shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.records import Grid
    from etl.sentences import Told

AUTHOR = {"zh": "双拥数据核对", "en": "Workbook check"}
COMMENTED = 200  # cells of one issue that get a comment; all of them get the colour


def annotate(path: Path, issues: Sequence[Told], vocabulary: Vocabulary, language: str) -> bytes:
    """Return a file as an .xlsx with its issues marked; ``language`` is zh or en.

    An .xlsx is changed in place, and all of it that we do not touch survives. Of other formats
    the values and merged cells come back; of a file that cannot be read, the list alone.
    """
    name = file_shown(path.name, vocabulary)
    package, parts, rewritten = _package(path, name, vocabulary)
    shown = {sheet: own for sheet, (_, own) in parts.items()}
    styles = Styles(package)
    for sheet, (part, _) in parts.items():
        mine = [issue for issue in issues if issue.sheet == sheet and _is_markable(issue)]
        _mark(package, part, mine, styles, language)
    listed = [(issue, shown.get(issue.sheet, issue.sheet)) for issue in issues]
    add_listing(package, styles, listed, name, language, rewritten=rewritten)
    return package.packed()


def _package(
    path: Path, name: str, vocabulary: Vocabulary
) -> tuple[Package, dict[str, tuple[str, str]], bool]:
    """The workbook to write on; by the name of each sheet its part and its name there."""
    try:
        sent = read(path, known=vocabulary.knows)
    except UnreadableFile:
        return Package(unpack(rewrite([])[0])), {}, True
    shown = sheets_shown([grid.sheet for grid in sent], vocabulary)
    safe = list(masked_sheets(sent, shown, name, vocabulary))
    data = path.read_bytes()
    if recognise(data) == "xlsx":
        return *_concealed(data, sent, safe, vocabulary), False
    data, names = rewrite(safe)
    found = list(worksheets(unpack(data)).values())
    parts = {grid.sheet: (part, own) for grid, part, own in zip(safe, found, names, strict=True)}
    return Package(unpack(data)), parts, True


def _concealed(
    data: bytes, sent: Sequence[Grid], safe: Sequence[Grid], vocabulary: Vocabulary
) -> tuple[Package, dict[str, tuple[str, str]]]:
    package = Package(unpack(data))
    package.drop_macros()
    part = worksheets(package.parts)
    sheets = [(part[a.sheet], a, b) for a, b in zip(sent, safe, strict=True)]
    conceal(package, sheets, vocabulary.catalogue.masks)
    return package, {b.sheet: (part, b.sheet) for part, _, b in sheets}


def _is_markable(issue: Told) -> bool:
    """Whether an issue has cells; that one has a comment need not be said beside it."""
    return bool(issue.cell) and issue.rule != "cell_comment"


def _mark(
    package: Package, part: str, issues: Sequence[Told], styles: Styles, language: str
) -> None:
    """Colour the cells of a sheet's issues by the gravest of each, and comment on them."""
    if not issues:
        return
    said: dict[Cell, list[str]] = defaultdict(list)
    colour: dict[Cell, str] = {}
    ranks = list(COLOURS)
    for issue in issues:
        for number, cell in enumerate(each(issue.cell)):
            before = colour.get(cell, issue.severity)
            colour[cell] = min(before, issue.severity, key=ranks.index)
            if number < COMMENTED:
                said[cell].append(_sentence(issue, language))
    cells = Cells(package, part)
    for cell, severity in colour.items():
        element = cells.cell(*cell)
        element.set("s", str(styles.filled(int(element.get("s") or 0), severity)))
    texts = {cell: "\n\n".join(sentences) for cell, sentences in said.items()}
    add_comments(package, part, texts, AUTHOR[language])


def _sentence(issue: Told, language: str) -> str:
    message = issue.message if language == "zh" else issue.message_en
    question = issue.question if language == "zh" else issue.question_en
    word = severity_word(issue.severity, language)
    return f"【{word}】{message}" + (f"\n{question}" if question else "")
