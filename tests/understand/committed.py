"""The committed workbooks as grids, and the facts that a grid gives."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from functools import cache
from pathlib import Path

from etl.catalogue import load_catalogue
from etl.read import read
from etl.records import Grid, Source
from etl.understand import SheetNames, Understood, Vocabulary, sheet_names, understand

ROOT = Path(__file__).parents[2]
FOLDERS = {"published": ROOT / "data/inbox/published", "demo": ROOT / "data/demo"}
MADE_BY = {".py", ".yml", ".md", ".pyc"}

Fact = tuple[str, str, str, str, dt.date, dt.date, float | None, str]


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(load_catalogue([ROOT / "data/catalogue"]))


def workbooks() -> list[Path]:
    return [
        path
        for folder in FOLDERS.values()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix not in MADE_BY
    ]


@cache
def grids(path: Path) -> list[Grid]:
    return read(path, known=vocabulary().knows)


def source(path_name: str, dataset: str = "reported") -> Source:
    return Source("0" * 64, path_name, dataset, dt.date(2025, 6, 30))


def read_grid(grid: Grid, names: SheetNames | None = None) -> Understood:
    return understand(grid, source(grid.file), vocabulary(), names)


@cache
def names(path: Path) -> SheetNames:
    return sheet_names([grid.sheet for grid in grids(path)], vocabulary())


def facts(found: Understood, address: object = None) -> set[Fact]:
    """The facts of a sheet; ``address`` maps a cell's name back to where it stood."""
    where = address if callable(address) else str
    return {
        (
            where(o["cell"]), o["breakdown"], o["indicator"], o["ref_area"],
            o["period_start"], o["period_end"], o["obs_value"], o["qualifier"],
        )
        for o in found.observations.to_pylist()
    }  # fmt: skip


@cache
def truth(name: str) -> dict[str, list[dict[str, str]]]:
    """Rows of tests/truth/<name>.csv by file."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    text = (ROOT / f"tests/truth/{name}.csv").read_text("utf-8-sig")
    for row in csv.DictReader(text.splitlines()):
        rows[row["file"]].append(row)
    return rows
