"""Writes docs/reading-sheets.md: what came out of each sheet. `python -m tests.samples.reading`."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from etl.read import read
from etl.records import FATES
from etl.understand import sheet_names, understand
from tests.mess.make import HERE as MESS
from tests.mess.make import file_of, make
from tests.samples.samples import ROOT, SAMPLES, expectations, result, truth
from tests.understand.committed import source, vocabulary, workbooks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGE = ROOT / "docs/reading-sheets.md"
REAL = "## Real workbooks"
HEAD = "cells | labels | observations | checks | issues | notes | seconds"


@dataclass(frozen=True)
class Read:
    """One file: what became of its cells, and how long that took."""

    name: str
    fates: Counter[str]
    seconds: float
    more: str = ""  # for real files: what truth.json expects

    def row(self) -> str:
        counts = (sum(self.fates.values()), *(self.fates[fate] for fate in FATES))
        held = [f"{count:,}" for count in counts]
        return " | ".join(["", self.name, *([self.more] if self.more else []), *held,
                           f"{self.seconds:.2f} |"]).lstrip()  # fmt: skip


def read_one(path: Path, name: str) -> Read:
    """Read a workbook of our own with our catalogue."""
    known, start = vocabulary(), time.perf_counter()
    grids = read(path, known=known.knows)
    names = sheet_names([grid.sheet for grid in grids], known)
    fates: Counter[str] = Counter()
    for grid in grids:
        fates.update(understand(grid, source(path.name), known, names).fates)
    return Read(name, fates, time.perf_counter() - start)


def layouts() -> list[Read]:
    """The ten layouts that offices send, as tests/mess/sheets.yml has them."""
    said = yaml.safe_load((MESS / "sheets.yml").read_text(encoding="utf-8"))
    names = [name for name in said if name.startswith("layout_")]
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        return [read_one(Path(folder) / file_of(name, said[name]), name) for name in names]


def real() -> Iterator[Read]:
    """Every file of truth.json; an ``ask`` is read with the answers to its questions."""
    expected: dict[str, list[str]] = {}
    for entry in truth():
        words = f"{entry['expect']} {entry['observations']:,}"
        expected.setdefault(entry["file"], []).append(words)
    for file in sorted(expected.keys() & expectations().keys()):
        answered = any(word.startswith("ask") for word in expected[file])
        found = result(file, answered)
        yield Read(file, found.fates, found.seconds, ", ".join(expected[file]))


def table(reads: Iterable[Read], first: str) -> list[str]:
    """A table of files, with the sum of all where there are several."""
    reads = list(reads)
    columns = f"{first} | {HEAD}"
    lines = [f"| {columns} |", "|---" * (columns.count("|") + 1) + "|"]
    total: Counter[str] = Counter()
    for one in reads:
        total.update(one.fates)
    both = Read(
        f"**all {len(reads)}**", total, sum(r.seconds for r in reads), reads[0].more and " "
    )
    return [*lines, *(one.row() for one in [*reads, both])]


def committed() -> list[str]:
    """The part of the page that rests on what is in the project."""
    return [
        "# Reading sheets",
        "",
        "What became of every cell that holds something: a label, an observation, a check (totals,"
        " shares, last year's figures), an issue that names it, or a note. "
        "`python -m tests.samples.reading` writes this page; a test keeps the counts true.",
        "",
        "## The ten layouts that offices send",
        "",
        "Numbers are invented. Of a ledger its total loads; lists of tasks, the scorecard, the"
        " project form and codes that may be quarters or months are refused or asked about. More"
        " than a hundred other small workbooks, each named after its mess, stand with every fact"
        " and issue in tests/mess/sheets.yml.",
        "",
        *table(layouts(), "layout"),
        "",
        "## Demonstration and published workbooks",
        "",
        *table((read_one(path, path.name) for path in workbooks()), "file"),
        "",
    ]


def on_real_files() -> list[str]:
    """The part that rests on the workbooks beside the project."""
    return [
        REAL,
        "",
        "Published files of other subjects, each read with a catalogue written for it"
        " (tests/samples; `make samples`). *Expected* is what their index says: `load`, `ask`"
        " (counted with the answers given) or `refuse`, and how many figures of which tables."
        " Observations beyond that are other tables of the file, written down in `expect.yml`;"
        " issues are mostly tables that nobody wrote a catalogue for.",
        "",
        *table(real(), "file | expected"),
        "",
    ]


def counts(text: str) -> list[str]:
    """The lines of a page without the seconds, which no test can keep."""
    lines = text.strip().splitlines()
    return [line.rpartition(" | ")[0] if line.startswith("|") else line for line in lines]


def write() -> None:
    """Write the page; the part on real files stays as it is where they are not there."""
    lines = committed()
    if (SAMPLES / "truth.json").is_file():
        lines += on_real_files()
    elif PAGE.is_file():
        before = PAGE.read_text(encoding="utf-8")
        lines += before[before.index(REAL) :].splitlines()
    PAGE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write()
