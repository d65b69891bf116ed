"""Real workbooks of other subjects: their truth, the catalogues for them, and what they give.

Each folder beside this file is a subject: a catalogue as in data/catalogue, and ``expect.yml``:

    catalogue: [english]              # other folders here whose words it shares
    files:
      us_va/fy16_ca.csv:
        refused: {unknown_area: 53}   # error → number of its cells, in the whole file
        also: {VT: [B19:K19], PR: 20} # sheet → facts outside what truth.json counts, or how many
        tables:
          VT counties:                # the name in truth.json, '' where it has none
            checks: [D5:D9]           # counted there, but checks by our rules
            marks: {'*': O}           # text in the body → its status, or the value that it means
            facts: {C4: [total, US-VT-ADDISON, 2013-10-01/P12M, 10388657.937723]}
"""

from __future__ import annotations

import atexit
import datetime as dt
import json
import os
import re
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from openpyxl.utils.cell import range_boundaries

from etl.catalogue import load_catalogue
from etl.read import UnreadableFile, read
from etl.read.address import letters
from etl.records import FATES, Grid, Source
from etl.understand import Vocabulary, sheet_names, understand
from tests.samples.areas import draw_areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLES = Path(os.environ.get("SAMPLES", ROOT.parent / "shared" / "samples"))

Cell = tuple[str, str]  # sheet, address


@dataclass(frozen=True)
class Result:
    """What one file gave, in all sheets."""

    grids: dict[str, Grid]
    observations: dict[Cell, list[dict[str, Any]]]
    errors: dict[str, set[Cell]]  # rule → cells that are not published
    questions: set[str]  # rules that ask something
    fates: Counter[str]
    seconds: float


def truth() -> list[dict[str, Any]]:
    """Every table that truth.json describes."""
    return json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))


@cache
def expectations() -> dict[str, tuple[str, dict[str, Any]]]:
    """File → the subject that it belongs to, and what is expected of it."""
    found = {}
    for path in sorted(HERE.glob("*/expect.yml")):
        for file, expected in _yaml(path)["files"].items():
            found[file] = path.parent.name, expected
    return found


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def folders(subject: str) -> tuple[Path, ...]:
    """The catalogue folders of a subject: ours, what it shares, its areas, its own."""
    shared = _yaml(HERE / subject / "expect.yml").get("catalogue", [])
    drawn = Path(tempfile.mkdtemp(prefix="areas-"))
    atexit.register(shutil.rmtree, drawn)
    if (HERE / subject / "areas.yml").is_file():
        draw_areas(_yaml(HERE / subject / "areas.yml"), SAMPLES, drawn)
    return (ROOT / "data/catalogue", *(HERE / name for name in shared), drawn, HERE / subject)


@cache
def vocabulary(subject: str, answered: bool = False) -> Vocabulary:
    """The vocabulary of a subject; ``answered`` with what a person said to its questions."""
    answers = (HERE / subject / "answered",) if answered else ()
    return Vocabulary(load_catalogue([*folders(subject), *answers]))


@cache
def result(file: str, answered: bool = False) -> Result:
    """Read and understand one sample as the loader does."""
    known = vocabulary(expectations()[file][0], answered)
    start = time.perf_counter()
    try:
        grids = read(SAMPLES / file, known=known.knows)
    except UnreadableFile as refusal:
        rule = known.catalogue.rules[refusal.rule]
        return Result({}, {}, {rule.rule: {("", "")}}, set(), Counter(), 0.0)
    names = sheet_names([grid.sheet for grid in grids], known)
    source = Source("0" * 64, Path(file).name, "reported", dt.date(2026, 1, 1))
    observations: dict[Cell, list[dict[str, Any]]] = {}
    errors: dict[str, set[Cell]] = {}
    questions, fates = set(), Counter(dict.fromkeys(FATES, 0))
    for grid in grids:
        found = understand(grid, source, known, names)
        fates.update(found.fates)
        for o in found.observations.to_pylist():
            observations.setdefault((grid.sheet, o["cell"]), []).append(o)
        for issue in found.issues:
            rule = known.catalogue.rules[issue.rule]
            if rule.question_zh:
                questions.add(rule.rule)
            if rule.severity == "error":
                cells = {(grid.sheet, cell) for cell in addresses(issue.cell.split(","))}
                errors.setdefault(rule.rule, set()).update(cells)
    seconds = time.perf_counter() - start
    return Result({g.sheet: g for g in grids}, observations, errors, questions, fates, seconds)


def addresses(ranges: Iterable[str]) -> Iterator[str]:
    """['B3:B4', 'C3'] as single addresses."""
    for part in filter(None, ranges):
        left, top, right, bottom = range_boundaries(part)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield f"{letters(column - 1)}{row}"


def body(
    entry: dict[str, Any], expected: dict[str, Any], grids: dict[str, Grid]
) -> dict[Cell, Any]:
    """The cells that an entry of truth.json counts, with what stands in them, without blanks."""
    return {
        (sheet, f"{letters(column - 1)}{row}"): value
        for sheet, row, column in _places(entry, expected, grids)
        if (value := _at(grids[sheet], row, column)) not in (None, "")
        and not (isinstance(value, str) and not value.strip())
    }


def _at(grid: Grid, row: int, column: int) -> Any:
    cells = grid.rows[row - 1] if row <= len(grid.rows) else []
    return cells[column - 1] if column <= len(cells) else None


def _places(
    entry: dict[str, Any], expected: dict[str, Any], grids: dict[str, Grid]
) -> Iterator[tuple[str, int, int]]:
    """Sheet, row and column (from 1); ``body`` of expect.yml says it where truth.json cannot."""
    if said := expected.get("body"):
        for sheet, grid in grids.items():
            if re.fullmatch(said["sheets"], sheet):
                names = [str(row[0]) for row in grid.rows]
                last = next(r for r, name in enumerate(names) if re.search(said["until"], name))
                for row in range(said["first_row"], last + 1):
                    yield from ((sheet, row, c) for c in range(*said["columns"]))
        return
    sheet = entry["sheet"] if isinstance(entry.get("sheet"), str) else next(iter(grids))
    for row in range(entry["rows"][0], entry["rows"][1] + 1):
        for column in range(entry["cols"][0], entry["cols"][1] + 1):
            if row not in entry["skiprows"] and column not in entry["skipcols"]:
                yield sheet, row, column
